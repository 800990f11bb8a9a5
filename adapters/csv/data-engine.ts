import type { Check } from "#core/data/check";
import type { ColumnEngine, DataEngine, DataMeasurement } from "#core/ports/data-engine";
import { readPredictions } from "./predictions.ts";
import { readColumns } from "./read-columns.ts";
import { readTable, type TableFile } from "./read-table.ts";
import { judgeOf, Tally } from "./tally.ts";

const GIB = 1024 ** 3;

export interface CsvLimits {
  /** Of text, after decompression. */
  readonly maxBytes?: number;
}

/** Scans `.csv` and `.csv.gz` files in one pass, in constant memory but for the keys of `unique`. */
export function csvDataEngine({ maxBytes = 16 * GIB }: CsvLimits = {}): DataEngine & ColumnEngine {
  return {
    columns: (path, names) => readColumns({ path, maxBytes: Math.min(maxBytes, 2 * GIB) }, names),
    measure: (path, checks) => measure({ path, maxBytes }, checks),
    predictions: (path, columns) => readPredictions({ path, maxBytes: Math.min(maxBytes, 2 * GIB) }, columns),
  };
}

async function measure(file: TableFile, checks: readonly Check[]): Promise<DataMeasurement> {
  let tallies: readonly Tally[] = [];
  const table = await readTable(file, {
    header: (columns) => {
      tallies = checks.map((check) => new Tally(judgeOf(check, columns)));
    },
    row: (values, line) => {
      for (const tally of tallies) tally.add(values, line);
    },
  });
  return { ...table, results: tallies.map((tally) => tally.result()) };
}
