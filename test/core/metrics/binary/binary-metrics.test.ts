import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { BinaryMetric, BinaryRows } from "#core/metrics/binary/binary-rows";
import { BINARY_METRICS } from "#core/metrics/binary/binary-task";
import { expectClose } from "../support/close.ts";
import { PAIRED_CASES } from "../support/paired-cases.ts";

const rows = (labels: number[], scores: number[]): BinaryRows => {
  return { labels: Uint8Array.from(labels), scores: Float64Array.from(scores) };
};
const metric = (wanted: string): BinaryMetric => BINARY_METRICS.find(({ name }) => name === wanted)!;

describe.each(BINARY_METRICS)("$name", ({ name, prepare }) => {
  const compute = (given: BinaryRows) => prepare(given)();

  test.each(PAIRED_CASES)("agrees with scikit-learn on $name", ({ rows: { candidate, baseline }, metrics }) => {
    expectClose(compute(candidate), metrics.candidate[name] ?? null);
    expectClose(compute(baseline), metrics.baseline[name] ?? null);
  });

  test("is undefined without rows", () => {
    expect(compute(rows([], []))).toBeUndefined();
  });

  test("does not depend on the order of the rows", () => {
    const { labels, scores } = PAIRED_CASES.find((one) => one.name === "heavy ties")!.rows.candidate;
    expectClose(compute({ labels: labels.toReversed(), scores: scores.toReversed() }), compute({ labels, scores })!);
  });

  test("a row of weight two is the row twice, and one of weight zero is not there", () => {
    const { labels, scores } = PAIRED_CASES.find((one) => one.name === "heavy ties")!.rows.candidate;
    const weights = Float64Array.from(labels, (_, row) => row % 3);
    const copies = [...labels.keys()].flatMap((row) => new Array<number>(row % 3).fill(row));
    const copied = rows(
      copies.map((row) => labels[row]!),
      copies.map((row) => scores[row]!),
    );
    expectClose(prepare({ labels, scores })(weights), compute(copied)!);
  });

  test("is undefined, never a number and never endless, when a score is not a number", () => {
    const broken = rows([0, 1, 0, 1], [0.2, Number.NaN, 0.4, 0.9]);
    expect(inTime(() => compute(broken))).toBeUndefined();
  });
});

test.each([
  ["roc_auc", [1, 1], [0.2, 0.9]],
  ["roc_auc", [0, 0], [0.2, 0.9]],
  ["average_precision", [0, 0], [0.2, 0.9]],
])("%s of the labels %j has no value", (name, labels, scores) => {
  expect(metric(name).prepare(rows(labels, scores))()).toBeUndefined();
});

test("a certain and wrong score costs the log loss of one machine epsilon, not infinity", () => {
  expect(metric("log_loss").prepare(rows([1], [0]))()).toBeCloseTo(52 * Math.LN2, 12);
  expect(metric("log_loss").prepare(rows([0], [1]))()).toBeCloseTo(52 * Math.LN2, 12);
  expect(metric("log_loss").prepare(rows([1, 0], [1, 0]))()).toBeCloseTo(2 ** -52, 20);
});

test("a score of exactly one half counts as positive", () => {
  expect(metric("accuracy").prepare(rows([1, 0], [0.5, 0.5]))()).toBe(0.5);
});

test("every metric has a name of its own", () => {
  expect(new Set(BINARY_METRICS.map(({ name }) => name)).size).toBe(BINARY_METRICS.length);
});

/** Ends a computation that does not end by itself. */
function inTime<Value>(work: () => Value): Value {
  return runInNewContext("work()", { work }, { timeout: 300 });
}
