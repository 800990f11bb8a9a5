import { type Digest, digestOf } from "../../digest.ts";
import type { StreamRecord } from "../../ports/event-stream.ts";
import type { Row } from "./flatten.ts";

/** What makes two messages the same row. */
export type Identity =
  /** The message's key. A message without one is a row of its own. */
  | { readonly kind: "key" }
  /** A column of the row; a tombstone then deletes the row whose id is the tombstone's key, read as text. */
  | { readonly kind: "column"; readonly column: string }
  /** Every message is a row of its own. */
  | { readonly kind: "none" };

/** Names what a message is about; undefined when it is about nothing but itself, "missing" when it has to say and does not. */
export function identityOf(record: StreamRecord, row: Row | undefined, by: Identity): Digest | "missing" | undefined {
  if (by.kind === "none") return undefined;
  if (by.kind === "key" || row === undefined) return record.key === undefined ? undefined : digestOf(record.key);
  const id = row.get(by.column);
  return id === undefined || id === null || id === "" ? "missing" : digestOf(String(id));
}
