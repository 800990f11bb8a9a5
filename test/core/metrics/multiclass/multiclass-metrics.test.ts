import { describe, expect, test } from "vitest";
import { MULTICLASS_METRICS, multiclassTask } from "#core/metrics/multiclass/multiclass-task";
import { expectClose } from "../support/close.ts";
import { describeMetrics } from "../support/metric-behaviour.ts";
import { MULTICLASS_CASES } from "../support/metric-cases.ts";

const rows = (labels: number[], probabilities: number[][]) => ({
  classes: ["cat", "dog", "owl"],
  labels: Int32Array.from(labels),
  probabilities: Float64Array.from(probabilities.flat()),
});
const metric = (name: string) => MULTICLASS_METRICS.find((one) => one.name === name)!;

describe("multiclass classification", () => {
  describeMetrics({ metrics: MULTICLASS_METRICS, cases: MULTICLASS_CASES, task: multiclassTask });
});

const good = [
  [0.8, 0.1, 0.1],
  [0.1, 0.8, 0.1],
  [0.2, 0.2, 0.6],
];

describe.each([
  ["a probability that is not a number", rows([0, 1, 2], good.with(1, [0.1, Number.NaN, 0.1]))],
  ["an infinite probability", rows([0, 1, 2], good.with(1, [0.1, Number.POSITIVE_INFINITY, 0.1]))],
  ["a label that is no class", rows([0, 3, 2], good)],
  ["a label below the first", rows([0, -1, 2], good)],
])("with %s", (_, broken) => {
  test.each(MULTICLASS_METRICS)("$name is undefined", ({ prepare }) => {
    expect(prepare(broken)()).toBeUndefined();
  });
});

test.each(["log_loss", "brier"])("%s of numbers that are no probabilities is undefined", (name) => {
  expect(metric(name).prepare(rows([0, 1, 2], good.with(0, [1.2, -0.1, -0.1])))()).toBeUndefined();
});

test("the first of equally probable classes is decided for", () => {
  const even = rows(
    [1, 2],
    [
      [0.2, 0.4, 0.4],
      [0.2, 0.4, 0.4],
    ],
  );
  expect(metric("accuracy").prepare(even)()).toBe(0.5);
});

test("the one-vs-rest metrics have no value while a class has no row", () => {
  for (const name of ["roc_auc_ovr_macro", "roc_auc_ovr_weighted", "average_precision_macro"])
    expect(metric(name).prepare(rows([0, 1, 1], good))()).toBeUndefined();
});

test("a class that is neither true nor decided is not part of the macro mean", () => {
  expect(metric("recall_macro").prepare(rows([0, 1], good.slice(0, 2)))()).toBe(1);
});

test("the Brier score adds over the classes: a certain and wrong row costs 2", () => {
  expect(metric("brier").prepare(rows([0], [[0, 1, 0]]))()).toBe(2);
});

test("every micro average is the accuracy", () => {
  for (const { rows: given, weights } of MULTICLASS_CASES)
    for (const name of ["precision_micro", "recall_micro", "f1_micro"])
      expectClose(metric(name).prepare(given)(weights), metric("accuracy").prepare(given)(weights) ?? null);
});
