import { regressionMean } from "./regression-mean.ts";
import type { RegressionMetric } from "./regression-rows.ts";

const meanSquare = regressionMean({
  name: "mse",
  title: "MSE",
  direction: "lower-is-better",
  perRow: (target, prediction) => (target - prediction) ** 2,
});

/** Root of the mean squared error, in the target's unit. */
export const rmse: RegressionMetric = {
  name: "rmse",
  title: "RMSE",
  direction: "lower-is-better",
  prepare: (rows) => {
    const weigh = meanSquare.prepare(rows);
    return (weights) => {
      const mean = weigh(weights);
      return mean === undefined ? undefined : Math.sqrt(mean);
    };
  },
};
