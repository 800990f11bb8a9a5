import { describe, expect, test } from "vitest";
import { Comparison } from "#core/judge/evidence";
import { accuracy } from "#core/metrics/binary/accuracy";
import type { BinaryMetric, BinaryRows } from "#core/metrics/binary/binary-rows";
import { BINARY_METRICS, binaryTask } from "#core/metrics/binary/binary-task";
import { brier } from "#core/metrics/binary/brier";
import { logLoss } from "#core/metrics/binary/log-loss";
import { rocAuc } from "#core/metrics/binary/roc-auc";
import { compareMetric, measureMetric } from "#core/metrics/compare-metric";
import type { Paired } from "#core/metrics/paired/paired";
import { PAIRED_CASES } from "./support/paired-cases.ts";

const caseOf = (name: string) => PAIRED_CASES.find((stored) => stored.name === name)!.rows;
const smooth = caseOf("smooth");
const compare = (metric: BinaryMetric, paired: Paired<BinaryRows>, confidence: number) =>
  compareMetric(binaryTask, metric, { paired, confidence });

// The bootstrap of the larger ones takes long and asks nothing new.
const CASES = PAIRED_CASES.filter(({ rows }) => rows.candidate.labels.length <= 120);

describe("comparing a metric", () => {
  test.each(CASES.flatMap(({ name, rows }) => BINARY_METRICS.map((metric) => ({ name, rows, metric }))))(
    "gives evidence that parses: $metric.name on $name",
    ({ rows, metric }) => {
      const compared = compare(metric, rows, 0.95);
      expect(Comparison.parse(JSON.parse(JSON.stringify(compared)))).toEqual(compared);
    },
  );

  test("turns a falling loss into a gain", () => {
    const { difference, gain } = compare(logLoss, smooth, 0.95);
    expect(difference).toBeLessThan(0);
    expect(gain!.estimate).toBe(-difference!);
    expect(gain!.lower).toBeLessThan(gain!.estimate);
    expect(gain!.upper).toBeGreaterThan(gain!.estimate);
  });

  test("gives one-sided bounds: confidence 0.975 has the two-sided 95 % interval", () => {
    const { interval, gain } = compare(rocAuc, smooth, 0.975);
    expect(gain!.lower).toBeCloseTo(interval!.lower, 11);
    expect(gain!.upper).toBeCloseTo(interval!.upper, 11);
  });

  test("gives wider bounds the more confidence is asked", () => {
    const [less, more] = [0.9, 0.99].map((confidence) => compare(accuracy, smooth, confidence).gain!);
    expect(more!.lower).toBeLessThan(less!.lower);
    expect(more!.upper).toBeGreaterThan(less!.upper);
  });

  test("keeps twelve digits, so that the order of addition leaves no trace", () => {
    const reversed = ({ labels, scores }: BinaryRows) => ({ labels: labels.toReversed(), scores: scores.toReversed() });
    const backwards = { candidate: reversed(smooth.candidate), baseline: reversed(smooth.baseline) };
    expect(compare(rocAuc, backwards, 0.95)).toEqual(compare(rocAuc, smooth, 0.95));
    expect(compare(brier, backwards, 0.95).difference).toBe(compare(brier, smooth, 0.95).difference);
  });

  test("says null, never zero, where one class is missing", () => {
    expect(compare(rocAuc, caseOf("positives only"), 0.95)).toMatchObject({
      candidate: null,
      baseline: null,
      difference: null,
      interval: null,
      gain: null,
      test: null,
      rows: 6,
    });
  });

  test("names one paired method per metric", () => {
    const methods = BINARY_METRICS.map((metric) => compare(metric, smooth, 0.95).test?.method.split(",")[0]);
    expect(methods).toEqual(["DeLong", "paired bootstrap", "paired bootstrap", "paired bootstrap", "McNemar exact"]);
  });
});

test("a metric without a baseline has a value and nothing else", () => {
  const { candidate: value, ...rest } = measureMetric(binaryTask, rocAuc, smooth.candidate);
  expect(value).toBeCloseTo(0.822048611, 9);
  expect(rest).toMatchObject({ baseline: null, difference: null, interval: null, gain: null, test: null, rows: 300 });
});
