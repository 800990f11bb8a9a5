import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import type { Table } from "./table.ts";

/** @throws UserError COLUMN_MISSING, unless the file is malformed: then its header is not to be believed either */
export async function refuseMissing(table: Table, names: readonly string[]): Promise<void> {
  const known = new Set(table.columns);
  const missing = names.find((name) => !known.has(name));
  if (missing === undefined) return;
  await table.stored();
  const hint = didYouMean(missing, table.columns) || "Names are compared letter by letter.";
  const problem = `${table.path}: there is no column ${JSON.stringify(missing.slice(0, 80))}.`;
  throw new UserError("COLUMN_MISSING", problem, hint);
}
