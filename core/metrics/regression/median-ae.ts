import { NO_VALUE } from "../metric.ts";
import { isMeasurable, type RegressionMetric } from "./regression-rows.ts";
import { medianOf } from "./weighted-median.ts";

/** Median of the absolute errors, in the target's unit; weighted, the error that half of the weight does not exceed. */
export const medianAe: RegressionMetric = {
  name: "median_ae",
  title: "median absolute error",
  direction: "lower-is-better",
  prepare: (rows) => {
    if (!isMeasurable(rows)) return NO_VALUE;
    return medianOf(rows.targets.map((target, row) => Math.abs(target - (rows.predictions[row] ?? 0))));
  },
};
