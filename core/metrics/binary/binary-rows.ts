import type { Metric } from "../metric.ts";

/** Labels (1 for the positive class, 0 for the other) and scores (probability of the positive class), row by row. */
export interface BinaryRows {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
}

export type BinaryMetric = Metric<BinaryRows>;

/** The score from which a row counts as positive. */
export const DECISION_THRESHOLD = 0.5;
