import { UserError } from "../errors.ts";
import type { Contents } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import { type RecordKey, readRecord } from "./read-record.ts";
import { type ReleaseRecord, recordPath } from "./release-record.ts";

interface From {
  readonly host: { readonly contents: Contents };
  readonly documents: Documents;
}

/** The release record as a commit or branch has it; undefined when there is none. @throws UserError RECORD_INVALID */
export async function recordAt(
  { host, documents }: From,
  key: RecordKey,
  ref: string,
): Promise<ReleaseRecord | undefined> {
  const path = recordPath.format(key);
  // A name outside the grammar, such as one that leaves the folder, has no record.
  const text = recordPath.parse(path) === undefined ? undefined : await host.contents.read(path, ref);
  return text === undefined ? undefined : readRecord(text, documents, key);
}

/** The same where there must be one. @throws UserError RECORD_MISSING, RECORD_INVALID */
export async function existingRecord(from: From, key: RecordKey, ref: string): Promise<ReleaseRecord> {
  const record = await recordAt(from, key, ref);
  if (record !== undefined) return record;
  throw new UserError(
    "RECORD_MISSING",
    `There is no ${recordPath.format(key)} at ${ref.slice(0, 7)}.`,
    "Promote a first version.",
  );
}
