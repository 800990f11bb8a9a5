import { regressionMean } from "./regression-mean.ts";

/** Mean absolute error, in the target's unit. */
export const mae = regressionMean({
  name: "mae",
  title: "MAE",
  direction: "lower-is-better",
  perRow: (target, prediction) => Math.abs(target - prediction),
});
