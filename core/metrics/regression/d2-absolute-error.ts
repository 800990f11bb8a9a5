import { NO_VALUE } from "../metric.ts";
import { meanOf } from "../row-mean.ts";
import { explainedShare, spreadOf } from "./explained.ts";
import { mae } from "./mae.ts";
import { isMeasurable, type RegressionMetric } from "./regression-rows.ts";
import { medianOf } from "./weighted-median.ts";

/**
 * D², the R² of absolute errors: 1 − absolute error / absolute distance from the targets' median. Of a constant target
 * it is 1 if the model is perfect and 0 if not. Undefined with fewer than two rows that have weight.
 */
export const d2AbsoluteError: RegressionMetric = {
  name: "d2_absolute_error",
  title: "D² (absolute error)",
  direction: "higher-is-better",
  prepare: (rows) => {
    if (!isMeasurable(rows)) return NO_VALUE;
    const { targets } = rows;
    const [errorOf, centerOf] = [mae.prepare(rows), medianOf(targets)];
    return (weights) => {
      const [error, center] = [errorOf(weights), centerOf(weights)];
      if (spreadOf(targets, weights).rows < 2 || error === undefined || center === undefined) return undefined;
      const distance = meanOf(targets.map((target) => Math.abs(target - center)))(weights);
      return distance === undefined ? undefined : explainedShare(error, distance);
    };
  },
};
