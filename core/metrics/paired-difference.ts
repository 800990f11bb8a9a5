import type { BinaryRows } from "./metric.ts";

/** Two models' scores on the same rows. */
export interface PairedRows {
  readonly labels: Uint8Array;
  readonly candidate: Float64Array;
  readonly baseline: Float64Array;
}

/** What a paired test says of candidate − baseline, in the metric's unit. */
export interface PairedDifference {
  readonly method: string;
  readonly estimate: number;
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Bounds of the central interval that holds the difference at this level, such as 0.95. */
  interval(level: number): { readonly lower: number; readonly upper: number };
}

export function rowsOf(paired: PairedRows, side: "candidate" | "baseline"): BinaryRows {
  return { labels: paired.labels, scores: paired[side] };
}
