import { describe, expect, test } from "vitest";
import { ALL_BINARY_METRICS } from "#core/metrics/binary/all-binary-metrics";
import { binaryTask } from "#core/metrics/binary/binary-task";
import { calibrationBins, equalMass, equalWidth } from "#core/metrics/binary/calibration";
import { confusionAt } from "#core/metrics/binary/confusion";
import { describeMetrics } from "../support/metric-behaviour.ts";
import { BINARY_CASES } from "../support/metric-cases.ts";
import { binaryRows } from "../support/paired-cases.ts";

const measured = (name: string, labels: number[], scores: number[]) =>
  ALL_BINARY_METRICS.find((metric) => metric.name === name)!.prepare(binaryRows(labels, scores))();

describe("binary classification", () => {
  describeMetrics({ metrics: ALL_BINARY_METRICS, cases: BINARY_CASES, task: binaryTask });
});

describe.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("with a score of %d", (score) => {
  test.each(ALL_BINARY_METRICS)("$name is undefined", ({ prepare }) => {
    expect(prepare(binaryRows([0, 1, 0, 1], [0.2, score, 0.4, 0.9]))()).toBeUndefined();
  });

  test("there is no confusion", () => {
    expect(confusionAt(binaryRows([0, 1], [0.2, score]), 0.5)).toBeUndefined();
  });
});

test.each(["log_loss", "brier", "ece_width10", "ece_mass10"])(
  "%s of scores that are no probabilities is undefined",
  (name) => {
    expect(measured(name, [0, 1, 1], [0.2, 1.2, 0.8])).toBeUndefined();
    expect(measured(name, [0, 1, 1], [-0.1, 0.9, 0.8])).toBeUndefined();
  },
);

test.each(["roc_auc", "average_precision", "recall_top_10pct", "accuracy", "f1"])(
  "%s takes scores beyond 0 and 1",
  (name) => {
    expect(measured(name, [0, 1, 1], [-3, 12, 0.8])).toBeGreaterThan(0);
  },
);

test("a score of −0 ties with one of 0", () => {
  expect(measured("roc_auc", [0, 1], [-0, 0])).toBe(0.5);
});

describe("recall in the top 10 %", () => {
  const scores = [0.9, 0.8, 0.8, 0.8, 0.8, 0.1, 0.1, 0.1, 0.1, 0.1];

  test("takes the rows above the cut", () => {
    expect(measured("recall_top_10pct", [1, 0, 0, 0, 0, 0, 0, 0, 0, 1], scores)).toBeCloseTo(0.5, 12);
  });

  test("shares a cut among equal scores: a quarter of a fifth row", () => {
    const twice = [...scores, ...scores];
    const labels = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(measured("recall_top_10pct", labels, twice)).toBe(0);
    const doubled = twice.map((score, row) => (row === 10 ? 0.1 : score));
    expect(measured("recall_top_10pct", labels, doubled)).toBeCloseTo(1 / 8, 12);
  });
});

describe("the confusion at a threshold", () => {
  const rows = binaryRows([1, 1, 0, 0, 1], [0.9, 0.3, 0.3, 0.1, 0.2]);

  test("counts a score at the threshold as positive", () => {
    expect(confusionAt(rows, 0.3)).toEqual({ truePositive: 2, falsePositive: 1, falseNegative: 1, trueNegative: 1 });
  });

  test("adds weights", () => {
    expect(confusionAt(rows, 0.25, Float64Array.of(2, 0.5, 3, 4, 1))).toEqual({
      truePositive: 2.5,
      falsePositive: 3,
      falseNegative: 1,
      trueNegative: 4,
    });
  });

  test("of no rows is empty", () => {
    expect(confusionAt(binaryRows([], []), 0.5)).toEqual({
      truePositive: 0,
      falsePositive: 0,
      falseNegative: 0,
      trueNegative: 0,
    });
  });
});

describe("calibration bins", () => {
  test("of equal width begin at their lower edge, and the last holds 1", () => {
    const rows = binaryRows([0, 1, 1, 1], [0.5, 0.5625, 0.9, 1]);
    expect(calibrationBins(rows, equalWidth(rows)(undefined))).toEqual([
      { weight: 2, meanScore: 0.53125, rate: 0.5 },
      { weight: 2, meanScore: 0.95, rate: 1 },
    ]);
  });

  test("of equal mass hold as many rows each, and never part equal scores", () => {
    const rows = binaryRows(
      new Array(40).fill(1),
      Array.from({ length: 40 }, (_, row) => (row < 8 ? 0.01 : row / 40)),
    );
    const bins = calibrationBins(rows, equalMass(rows)(undefined));
    expect(bins.map(({ weight }) => weight)).toEqual([8, 4, 4, 4, 4, 4, 4, 4, 4]);
  });
});
