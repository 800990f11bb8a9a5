import type { Direction } from "../metric.ts";
import { type RowMeanMetric, rowMeanMetric } from "../row-mean.ts";
import type { RegressionRows } from "./regression-rows.ts";

export interface RegressionMean {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /** A row's contribution, not a finite number where target or prediction is none. */
  readonly perRow: (target: number, prediction: number) => number;
}

/** A metric of a regression that is the mean of one number per row. */
export function regressionMean({ perRow, ...metric }: RegressionMean): RowMeanMetric<RegressionRows> {
  const perUnit = ({ targets, predictions }: RegressionRows) =>
    targets.map((target, row) => {
      const prediction = predictions[row] ?? Number.NaN;
      return Number.isFinite(target) && Number.isFinite(prediction) ? perRow(target, prediction) : Number.NaN;
    });
  return rowMeanMetric({ ...metric, perUnit });
}
