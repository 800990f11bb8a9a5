import { z } from "zod";

export const Direction = z.enum(["higher-is-better", "lower-is-better"]);
export type Direction = z.output<typeof Direction>;

/** How often each unit counts: sample weights, a resample's counts, or their product. Left out, each counts once. */
export type Weights = Float64Array | undefined;

/** One number that says how good predictions are. */
export interface Metric<Rows> {
  /** As scikit-learn spells it; what it depends on is part of it, as in pinball_0.9. */
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /**
   * Looks at the rows once and then answers for many weightings of them, each in time linear in the units. The answer
   * is undefined where the metric has no value, never a stand-in.
   */
  prepare(rows: Rows): Weighing;
}

export type Weighing = (weights?: Weights) => number | undefined;

/** For rows of which no metric has a value: none at all, or one whose number is missing. */
export const NO_VALUE: Weighing = () => undefined;

/** Positive when the candidate is better, whichever way the metric points. */
export function gain(difference: number, direction: Direction): number {
  return direction === "higher-is-better" ? difference : -difference;
}
