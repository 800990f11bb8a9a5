import { NO_VALUE, type Weights } from "../metric.ts";
import { meanOf } from "../row-mean.ts";
import { explainedShare, spreadOf } from "./explained.ts";
import { isMeasurable, type RegressionMetric } from "./regression-rows.ts";

/**
 * Coefficient of determination, 1 − squared error / squared distance from the targets' mean; negative for a model that
 * is worse than the mean. Of a constant target it is 1 if the model is perfect and 0 if not. Undefined with fewer than
 * two rows that have weight.
 */
export const r2: RegressionMetric = {
  name: "r2",
  title: "R²",
  direction: "higher-is-better",
  prepare: (rows) => {
    if (!isMeasurable(rows)) return NO_VALUE;
    const { targets, predictions } = rows;
    const errors = targets.map((target, row) => (target - (predictions[row] ?? 0)) ** 2);
    const [errorOf, centerOf] = [meanOf(errors), meanOf(targets)];
    return (weights) => {
      const spread = spreadOf(targets, weights);
      const [error, center] = [errorOf(weights), centerOf(weights)];
      if (spread.rows < 2 || error === undefined || center === undefined) return undefined;
      return explainedShare(error, spread.isConstant ? 0 : variance(targets, center, weights));
    };
  },
};

function variance(values: Float64Array, center: number, weights: Weights): number {
  let [total, weight] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const share = weights === undefined ? 1 : (weights[row] ?? 0);
    total += share * ((values[row] ?? 0) - center) ** 2;
    weight += share;
  }
  return total / weight;
}
