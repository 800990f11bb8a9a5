import type { DataEngine, SurveyEngine } from "#core/ports/data-engine";
import { lacking } from "./lacks.ts";
import { readPredictions } from "./predictions.ts";
import { readTable } from "./read-table.ts";
import { sharedRows } from "./shared-rows.ts";
import { survey } from "./survey.ts";
import type { TableFile } from "./table-file.ts";
import { tallyReader } from "./tally-reader.ts";

const GIB = 1024 ** 3;

export interface CsvLimits {
  /** Of text, after decompression. */
  readonly maxBytes?: number;
}

/**
 * Reads `.csv` and `.csv.gz` files without native code. `measure` and `sharedRows` need memory for keys only, `survey`
 * and `predictions` for whole columns.
 */
export function csvDataEngine({ maxBytes = 16 * GIB }: CsvLimits = {}): DataEngine & SurveyEngine {
  const inMemory = (path: string): TableFile => ({
    path,
    maxBytes: Math.min(maxBytes, GIB),
    tooLarge: () => lacking(`${path}: more text than the CSV engine holds in memory; DuckDB has no such limit.`),
  });
  return {
    measure: async (path, checks) => {
      const reader = await tallyReader({ path, maxBytes }, checks, undefined);
      const table = await readTable({ path, maxBytes }, reader);
      return { ...table, results: reader.results() };
    },
    predictions: (path, columns) => readPredictions({ path, maxBytes: Math.min(maxBytes, 2 * GIB) }, columns),
    survey: (path, request) => survey(inMemory(path), request),
    sharedRows: (left, right, columns) =>
      sharedRows({ left: { path: left, maxBytes }, right: { path: right, maxBytes } }, columns),
  };
}
