import { isProbability } from "../finite.ts";
import type { Direction } from "../metric.ts";
import { type RowMeanMetric, rowMeanMetric } from "../row-mean.ts";
import { decisionsOf, type MulticlassRows } from "./multiclass-rows.ts";

export interface MulticlassMean {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /** A row's contribution, of its class and the probability it gives to each class. */
  readonly perRow: (label: number, probabilities: Float64Array) => number;
}

/** A metric of probabilities that is the mean of one number per row. */
export function multiclassMean({ perRow, ...metric }: MulticlassMean): RowMeanMetric<MulticlassRows> {
  const perUnit = (rows: MulticlassRows) => {
    const { classes, labels, probabilities } = rows;
    const values = new Float64Array(labels.length).fill(Number.NaN);
    if (decisionsOf(rows) === undefined || !probabilities.every(isProbability)) return values;
    return values.map((_, row) =>
      perRow(labels[row] ?? 0, probabilities.subarray(row * classes.length, (row + 1) * classes.length)),
    );
  };
  return rowMeanMetric({ ...metric, perUnit });
}
