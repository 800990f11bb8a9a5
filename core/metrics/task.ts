import type { Metric } from "./metric.ts";
import type { Paired, PairedDifference } from "./paired/paired.ts";

export const TASK_NAMES = ["binary-classification", "multiclass-classification", "regression", "ranking"] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** A kind of prediction: what its rows are, and what is computed of them. */
export interface Task<Rows> {
  readonly name: TaskName;
  /** In the order reports show them. */
  metrics(rows: Rows): readonly Metric<Rows>[];
  /** How many things are weighted and drawn: rows, or the queries of a ranking. */
  units(rows: Rows): number;
  /** Some of the units, in this order. */
  part(rows: Rows, units: Uint32Array): Rows;
  /** The exact paired test of a metric that has one; the bootstrap serves all others. */
  closedForm(metric: Metric<Rows>, paired: Paired<Rows>): PairedDifference | undefined;
}
