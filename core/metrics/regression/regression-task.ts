import type { Task } from "../task.ts";
import { d2AbsoluteError } from "./d2-absolute-error.ts";
import { mae } from "./mae.ts";
import { mape } from "./mape.ts";
import { medianAe } from "./median-ae.ts";
import { PINBALL_METRICS } from "./pinball.ts";
import { r2 } from "./r2.ts";
import type { RegressionMetric, RegressionRows } from "./regression-rows.ts";
import { rmse } from "./rmse.ts";

/** Every metric of a regression. A new metric is a file and a line here. */
export const REGRESSION_METRICS: readonly RegressionMetric[] = [
  rmse,
  mae,
  medianAe,
  r2,
  d2AbsoluteError,
  mape,
  ...PINBALL_METRICS,
];

export const regressionTask: Task<RegressionRows> = {
  name: "regression",
  metrics: () => REGRESSION_METRICS,
  units: ({ targets }) => targets.length,
  part: ({ targets, predictions }, units) => ({
    targets: Float64Array.from(units, (row) => targets[row] ?? Number.NaN),
    predictions: Float64Array.from(units, (row) => predictions[row] ?? Number.NaN),
  }),
  closedForm: () => undefined,
};
