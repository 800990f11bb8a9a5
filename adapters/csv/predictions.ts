import { lstat } from "node:fs/promises";
import {
  linkRefused,
  PredictionReader,
  predictionColumns,
  RowRefused,
  refuseMissingColumns,
} from "#core/data/predictions/prediction-reader";
import type { PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import { numberOf } from "./column-types.ts";
import { readTable } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";

/** Reads a file of predictions into columns, in the file's order. */
export async function readPredictions(file: TableFile, columns: PredictionColumns): Promise<PredictionRows> {
  await refuseLink(file.path);
  const reader = new PredictionReader(columns);
  let places: readonly number[] = [];
  const { digest } = await readTable(file, {
    header: (header) => {
      refuseMissingColumns(columns, header, file.path);
      places = predictionColumns(columns).map((name) => header.indexOf(name));
    },
    row: (values, line) => {
      const [id = "", label = "", score = "", ...slices] = places.map((place) => values[place] ?? "");
      try {
        reader.add({ id, label, score, number: numberOf(score), slices });
      } catch (error) {
        throw error instanceof RowRefused ? error.at(`${file.path} line ${line}`) : error;
      }
    },
  });
  return { digest, ...reader.rows() };
}

async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink() === true) throw linkRefused(path);
}
