import { isAllFinite } from "./finite.ts";
import { type Direction, type Metric, NO_VALUE, type Weighing, type Weights } from "./metric.ts";
import { sumOf } from "./sum.ts";

/** A metric that is the weighted mean of one number per unit, which makes its paired tests simple and fast. */
export interface RowMeanMetric<Rows> extends Metric<Rows> {
  /** Each unit's contribution. */
  perUnit(rows: Rows): Float64Array;
}

export interface RowMean<Rows> {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  readonly perUnit: (rows: Rows) => Float64Array;
}

export function rowMeanMetric<Rows>(metric: RowMean<Rows>): RowMeanMetric<Rows> {
  return { ...metric, prepare: (rows) => meanOf(metric.perUnit(rows)) };
}

export function isRowMean<Rows>(metric: Metric<Rows>): metric is RowMeanMetric<Rows> {
  return "perUnit" in metric;
}

/** The weighted mean; undefined when a value is not a finite number or nothing has weight. */
export function meanOf(values: Float64Array): Weighing {
  if (values.length === 0 || !isAllFinite(values)) return NO_VALUE;
  return (weights) => (weights === undefined ? sumOf(values) / values.length : weightedMean(values, weights));
}

function weightedMean(values: Float64Array, weights: NonNullable<Weights>): number | undefined {
  let total = 0;
  let weight = 0;
  for (let at = 0; at < values.length; at++) {
    const share = weights[at] ?? 0;
    total += share * (values[at] ?? 0);
    weight += share;
  }
  return weight > 0 ? total / weight : undefined;
}
