import { UserError } from "../../errors.ts";
import { parseAs } from "../../parse-as.ts";
import type { Files } from "../../ports/files.ts";
import { DatasetRecord } from "./dataset-record.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const HINT = "Restore the record from git, or remove it to collect the dataset from its beginning.";

/** The dataset's record; undefined before the first run. @throws UserError RECORD_MALFORMED */
export async function readRecord(records: Files, path: string): Promise<DatasetRecord | undefined> {
  if (!(await records.exists(path))) return undefined;
  const value = jsonOf(await records.readText(path, MAX_BYTES), path);
  return parseAs(DatasetRecord, value, { source: path, code: "RECORD_MALFORMED", hint: HINT });
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError("RECORD_MALFORMED", `${path} is not JSON.`, HINT, { cause: error });
  }
}

export interface RecordChange {
  readonly path: string;
  /** What was read when the run began. */
  readonly previous: DatasetRecord | undefined;
  readonly record: DatasetRecord;
}

/** @throws UserError DATASET_MOVED when another run wrote a record meanwhile: only one of both may count what it read */
export async function writeRecord(records: Files, { path, previous, record }: RecordChange): Promise<void> {
  const current = await readRecord(records, path);
  if (JSON.stringify(current) !== JSON.stringify(previous)) {
    throw new UserError(
      "DATASET_MOVED",
      `${path} changed while this run was collecting.`,
      "Another run collects the same dataset; let one finish before the next starts.",
    );
  }
  await records.write(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws UserError DATASET_MISMATCH */
export function foreignRecord(path: string, found: string, wanted: string): UserError {
  return new UserError(
    "DATASET_MISMATCH",
    `${path} is about ${found}, not ${wanted}.`,
    "Give the new dataset a record of its own.",
  );
}
