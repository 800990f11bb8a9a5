import type { Direction } from "../metric.ts";
import { type RowMeanMetric, rowMeanMetric } from "../row-mean.ts";
import type { BinaryRows } from "./binary-rows.ts";

export interface BinaryMean {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /** A row's contribution; NaN where the score gives it none. */
  readonly perRow: (label: number, score: number) => number;
}

/** A metric of a binary classifier that is the mean of one number per row. */
export function binaryMean({ perRow, ...metric }: BinaryMean): RowMeanMetric<BinaryRows> {
  const perUnit = ({ labels, scores }: BinaryRows) =>
    scores.map((score, row) => (Number.isFinite(score) ? perRow(labels[row] ?? 0, score) : Number.NaN));
  return rowMeanMetric({ ...metric, perUnit });
}
