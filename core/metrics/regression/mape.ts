import { regressionMean } from "./regression-mean.ts";

/**
 * Mean absolute error as a share of the target's size. A target nearer to 0 than 2⁻⁵² counts as 2⁻⁵², as in
 * scikit-learn: one target of 0 that is not predicted as such makes the mean astronomical, so look at the MAE there.
 */
export const mape = regressionMean({
  name: "mape",
  title: "MAPE (a target of 0 counts as 2⁻⁵²)",
  direction: "lower-is-better",
  perRow: (target, prediction) => Math.abs(target - prediction) / Math.max(Math.abs(target), Number.EPSILON),
});
