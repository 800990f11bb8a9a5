import type { Task } from "../task.ts";
import { accuracy } from "./accuracy.ts";
import { AVERAGED_METRICS } from "./averaged.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brier } from "./brier.ts";
import { logLoss } from "./log-loss.ts";
import { mcc } from "./mcc.ts";
import type { MulticlassMetric, MulticlassRows } from "./multiclass-rows.ts";
import { averagePrecisionMacro, rocAucOvrMacro, rocAucOvrWeighted } from "./one-vs-rest.ts";
import { eceWidth10 } from "./top-class-calibration.ts";

/** Every metric of a classifier of several classes. A new metric is a file and a line here. */
export const MULTICLASS_METRICS: readonly MulticlassMetric[] = [
  rocAucOvrMacro,
  rocAucOvrWeighted,
  averagePrecisionMacro,
  logLoss,
  brier,
  eceWidth10,
  accuracy,
  balancedAccuracy,
  ...AVERAGED_METRICS,
  mcc,
];

export const multiclassTask: Task<MulticlassRows> = {
  name: "multiclass-classification",
  metrics: () => MULTICLASS_METRICS,
  units: ({ labels }) => labels.length,
  part: ({ classes, labels, probabilities }, units) => {
    const part = new Float64Array(units.length * classes.length);
    for (const [at, row] of units.entries())
      part.set(probabilities.subarray(row * classes.length, (row + 1) * classes.length), at * classes.length);
    return { classes, labels: Int32Array.from(units, (row) => labels[row] ?? -1), probabilities: part };
  },
  closedForm: () => undefined,
};
