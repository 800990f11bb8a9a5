import type { Comparison } from "../judge/evidence.ts";
import { accuracy } from "./accuracy.ts";
import { delong } from "./delong.ts";
import { mcnemar } from "./mcnemar.ts";
import { type BinaryMetric, gain } from "./metric.ts";
import { pairedBootstrap } from "./paired-bootstrap.ts";
import { type PairedDifference, type PairedRows, rowsOf } from "./paired-difference.ts";
import { rocAuc } from "./roc-auc.ts";

/** The level of the interval people read. Gates use their own one-sided confidence. */
export const INTERVAL_LEVEL = 0.95;

// Every number of the evidence is cut to twelve significant digits: sums differ in the last ones by the order of
// addition, and evidence that is hashed and judged again must not.
const SIGNIFICANT_DIGITS = 12;

/** One metric of both models on the same rows. One-sided bounds of the gain hold at `confidence`. */
export function compareMetric(metric: BinaryMetric, paired: PairedRows, confidence: number): Comparison {
  const candidate = metric.compute(rowsOf(paired, "candidate"));
  const baseline = metric.compute(rowsOf(paired, "baseline"));
  const test = candidate === undefined || baseline === undefined ? undefined : pairedTest(metric, paired);
  return {
    ...pointValues(metric, paired.labels.length),
    candidate: exact(candidate),
    baseline: exact(baseline),
    difference: exact(test?.estimate),
    interval: test === undefined ? null : { ...roundBounds(test.interval(INTERVAL_LEVEL)), level: INTERVAL_LEVEL },
    gain: test === undefined ? null : gainBounds(test, metric, confidence),
    test:
      test === undefined ? null : { method: test.method, statistic: exact(test.statistic), pValue: exact(test.pValue) },
  };
}

/** One metric of a model that has nothing to be compared with. */
export function measureMetric(metric: BinaryMetric, labels: Uint8Array, scores: Float64Array): Comparison {
  return { ...pointValues(metric, labels.length), candidate: exact(metric.compute({ labels, scores })) };
}

function pointValues(metric: BinaryMetric, rows: number): Comparison {
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

/** One paired method per metric. */
function pairedTest(metric: BinaryMetric, paired: PairedRows): PairedDifference | undefined {
  if (metric.name === rocAuc.name) return delong(paired);
  if (metric.name === accuracy.name) return mcnemar(paired);
  return pairedBootstrap(metric, paired);
}

/** A central interval of level 2c − 1 has the one-sided bounds of confidence c. */
function gainBounds(test: PairedDifference, metric: BinaryMetric, confidence: number): Comparison["gain"] {
  const { lower, upper } = test.interval(2 * confidence - 1);
  const bounds = [gain(lower, metric.direction), gain(upper, metric.direction)];
  return {
    lower: round(Math.min(...bounds)),
    estimate: round(gain(test.estimate, metric.direction)),
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
