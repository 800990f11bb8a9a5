import { delong } from "../paired/delong.ts";
import { mcnemar } from "../paired/mcnemar.ts";
import type { Paired, PairedDifference } from "../paired/paired.ts";
import type { Task } from "../task.ts";
import { accuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import type { BinaryMetric, BinaryRows } from "./binary-rows.ts";
import { brier } from "./brier.ts";
import { logLoss } from "./log-loss.ts";
import { rocAuc } from "./roc-auc.ts";

/** Every metric of a binary classifier. A new metric is a file and a line here. */
export const BINARY_METRICS: readonly BinaryMetric[] = [rocAuc, averagePrecision, logLoss, brier, accuracy];

export const binaryTask: Task<BinaryRows> = {
  name: "binary-classification",
  metrics: () => BINARY_METRICS,
  units: ({ labels }) => labels.length,
  part: ({ labels, scores }, units) => ({
    labels: Uint8Array.from(units, (row) => labels[row] ?? 0),
    scores: Float64Array.from(units, (row) => scores[row] ?? 0),
  }),
  closedForm,
};

/** Neither test has a form for weighted rows. */
function closedForm(metric: BinaryMetric, paired: Paired<BinaryRows>): PairedDifference | undefined {
  if (paired.weights !== undefined || paired.clusters !== undefined) return undefined;
  if (metric.name === rocAuc.name) return delong(paired);
  return metric.name === accuracy.name ? mcnemar(paired) : undefined;
}
