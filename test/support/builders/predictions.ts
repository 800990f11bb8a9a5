import { digestOf } from "#core/digest";
import type { PredictionRows } from "#core/ports/data-engine";

export interface Row {
  readonly id: string;
  readonly label: 0 | 1;
  readonly score: number;
  readonly [slice: string]: string | number;
}

/** Predictions row by row; every further text of a row is a slice column. */
export function predictions(rows: readonly Row[]): PredictionRows {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => !["id", "label", "score"].includes(name));
  return {
    digest: digestOf(JSON.stringify(rows)),
    ids: rows.map(({ id }) => id),
    labels: Uint8Array.from(rows, ({ label }) => label),
    scores: Float64Array.from(rows, ({ score }) => score),
    slices: new Map(columns.map((column) => [column, rows.map((row) => String(row[column]))])),
  };
}
