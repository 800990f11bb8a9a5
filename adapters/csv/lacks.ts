import { stat } from "node:fs/promises";
import { isCsv } from "#core/data/engines/is-csv";
import { UserError } from "#core/errors";

/** What this engine cannot do, and the other one can. */
export function lacking(problem: string): UserError {
  return new UserError("ENGINE_LACKS", problem, 'Give the input "engine" the value "auto" or "duckdb".');
}

/** @throws UserError ENGINE_LACKS for anything but one CSV file, plain or in gzip */
export async function refuseOtherFormats(path: string): Promise<void> {
  if (!isCsv(path)) throw lacking(`${path} is not a .csv or .csv.gz file; reading it needs DuckDB.`);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw lacking(`${path} is a folder; reading a folder needs DuckDB.`);
}
