import type { Comparison } from "../judge/evidence.ts";
import { type Direction, gain, type Metric } from "./metric.ts";
import type { Paired, PairedDifference } from "./paired/paired.ts";
import { pairedBootstrap } from "./paired/paired-bootstrap.ts";
import type { Task } from "./task.ts";

/** The level of the interval people read. Gates use their own one-sided confidence. */
export const INTERVAL_LEVEL = 0.95;

// Every number of the evidence is cut to twelve significant digits: sums differ in the last ones by the order of
// addition, and evidence that is hashed and judged again must not.
const SIGNIFICANT_DIGITS = 12;

/** One metric of both models on the same units. One-sided bounds of the gain hold at `confidence`. */
export function compareMetric<Rows>(
  task: Task<Rows>,
  metric: Metric<Rows>,
  { paired, confidence }: { readonly paired: Paired<Rows>; readonly confidence: number },
): Comparison {
  const units = task.units(paired.candidate);
  const candidate = metric.prepare(paired.candidate)(paired.weights);
  const baseline = metric.prepare(paired.baseline)(paired.weights);
  const isComputable = candidate !== undefined && baseline !== undefined;
  const test = isComputable ? (task.closedForm(metric, paired) ?? pairedBootstrap(metric, paired, units)) : undefined;
  return {
    ...pointValues(metric, units),
    candidate: exact(candidate),
    baseline: exact(baseline),
    difference: exact(test?.estimate),
    interval: test === undefined ? null : { ...roundBounds(test.interval(INTERVAL_LEVEL)), level: INTERVAL_LEVEL },
    gain: test === undefined ? null : gainBounds(test, metric.direction, confidence),
    test:
      test === undefined ? null : { method: test.method, statistic: exact(test.statistic), pValue: exact(test.pValue) },
  };
}

/** One metric of a model that has nothing to be compared with. */
export function measureMetric<Rows>(task: Task<Rows>, metric: Metric<Rows>, rows: Rows): Comparison {
  return { ...pointValues(metric, task.units(rows)), candidate: exact(metric.prepare(rows)()) };
}

function pointValues(metric: Pick<Metric<never>, "name" | "direction">, rows: number): Comparison {
  return {
    metric: metric.name,
    direction: metric.direction,
    candidate: null,
    baseline: null,
    difference: null,
    interval: null,
    gain: null,
    test: null,
    rows,
  };
}

/** A central interval of level 2c − 1 has the one-sided bounds of confidence c. */
function gainBounds(test: PairedDifference, direction: Direction, confidence: number): Comparison["gain"] {
  const { lower, upper } = test.interval(2 * confidence - 1);
  const bounds = [gain(lower, direction), gain(upper, direction)];
  return {
    lower: round(Math.min(...bounds)),
    estimate: round(gain(test.estimate, direction)),
    upper: round(Math.max(...bounds)),
  };
}

function roundBounds({ lower, upper }: { lower: number; upper: number }) {
  return { lower: round(lower), upper: round(upper) };
}

function exact(value: number | null | undefined): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : round(value);
}

function round(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}
