import type { Weights } from "../metric.ts";

/** Two models' predictions of the same units, in the same order. */
export interface Paired<Rows> {
  readonly candidate: Rows;
  readonly baseline: Rows;
  /** Sample weights of the units. */
  readonly weights?: Weights;
  /** The cluster of each unit, counted from 0: units of one cluster are drawn together. */
  readonly clusters?: Uint32Array | undefined;
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
