import { accuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import { brier } from "./brier.ts";
import { logLoss } from "./log-loss.ts";
import type { BinaryMetric } from "./metric.ts";
import { rocAuc } from "./roc-auc.ts";

/** Every metric of a binary classifier, in the order reports show them. A new metric is a file and a line here. */
export const BINARY_METRICS: readonly BinaryMetric[] = [rocAuc, averagePrecision, logLoss, brier, accuracy];

export const METRIC_NAMES: readonly string[] = BINARY_METRICS.map((metric) => metric.name);
