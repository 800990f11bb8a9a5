import { z } from "zod";

export const Direction = z.enum(["higher-is-better", "lower-is-better"]);
export type Direction = z.output<typeof Direction>;

/** Labels (1 for the positive class, 0 for the other) and scores (probability of the positive class), row by row. */
export interface BinaryRows {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
}

/** A metric of a binary classifier. `compute` answers undefined where the metric has no value, never a stand-in. */
export interface BinaryMetric {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  compute(rows: BinaryRows): number | undefined;
}

/** Whether a score is missing its number: no metric has a value then. */
export function lacksScores(scores: Float64Array): boolean {
  return scores.some(Number.isNaN);
}

/** Positive when the candidate is better, whichever way the metric points. */
export function gain(difference: number, direction: Direction): number {
  return direction === "higher-is-better" ? difference : -difference;
}
