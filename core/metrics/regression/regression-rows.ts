import { isAllFinite } from "../finite.ts";
import type { Metric } from "../metric.ts";

export interface RegressionRows {
  readonly targets: Float64Array;
  readonly predictions: Float64Array;
}

export type RegressionMetric = Metric<RegressionRows>;

/** Whether there are rows and each is two finite numbers: no metric has a value otherwise. */
export function isMeasurable({ targets, predictions }: RegressionRows): boolean {
  return targets.length > 0 && isAllFinite(targets) && isAllFinite(predictions);
}
