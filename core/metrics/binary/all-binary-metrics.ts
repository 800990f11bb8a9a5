import { accuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import type { BinaryMetric } from "./binary-rows.ts";
import { brier } from "./brier.ts";
import { eceMass10, eceWidth10 } from "./calibration.ts";
import { f1 } from "./f1.ts";
import { logLoss } from "./log-loss.ts";
import { mcc } from "./mcc.ts";
import { precision } from "./precision.ts";
import { recall } from "./recall.ts";
import { recallTop5Pct, recallTop10Pct } from "./recall-in-top.ts";
import { rocAuc } from "./roc-auc.ts";

/** Every metric of a binary classifier: of the order of scores, of their values, of decisions at 0.5. */
export const ALL_BINARY_METRICS: readonly BinaryMetric[] = [
  rocAuc,
  averagePrecision,
  recallTop5Pct,
  recallTop10Pct,
  logLoss,
  brier,
  eceWidth10,
  eceMass10,
  accuracy,
  balancedAccuracy,
  precision,
  recall,
  f1,
  mcc,
];
