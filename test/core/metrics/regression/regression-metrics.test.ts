import { describe, expect, test } from "vitest";
import { REGRESSION_METRICS, regressionTask } from "#core/metrics/regression/regression-task";
import { expectClose } from "../support/close.ts";
import { describeMetrics } from "../support/metric-behaviour.ts";
import { REGRESSION_CASES } from "../support/metric-cases.ts";

const rows = (targets: number[], predictions: number[]) => ({
  targets: Float64Array.from(targets),
  predictions: Float64Array.from(predictions),
});
const measured = (name: string, targets: number[], predictions: number[], weights?: number[]) =>
  REGRESSION_METRICS.find((one) => one.name === name)!.prepare(rows(targets, predictions))(
    weights === undefined ? undefined : Float64Array.from(weights),
  );

describe("regression", () => {
  describeMetrics({ metrics: REGRESSION_METRICS, cases: REGRESSION_CASES, task: regressionTask });
});

describe.each([Number.NaN, Number.POSITIVE_INFINITY])("with a value of %d", (value) => {
  test.each(REGRESSION_METRICS)("$name is undefined", ({ prepare }) => {
    expect(prepare(rows([1, value, 3], [1, 2, 3]))()).toBeUndefined();
    expect(prepare(rows([1, 2, 3], [1, value, 3]))()).toBeUndefined();
  });
});

test("errors beyond the range of doubles have no mean", () => {
  expect(measured("rmse", [0, 1], [1e200, 1])).toBeUndefined();
});

test.each(["r2", "d2_absolute_error"])(
  "%s of a target whose mean is rounded off it is still that of a constant",
  (name) => {
    expect(measured(name, [0.1, 0.1, 0.1], [0.1, 0.1, 0.2])).toBe(0);
    expect(measured(name, [0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(1);
  },
);

test.each(["r2", "d2_absolute_error"])("%s of one row that has weight is undefined", (name) => {
  expect(measured(name, [1, 2, 3], [1, 2, 4], [0, 0, 5])).toBeUndefined();
});

test.each([
  [[3, 1, 2, 4], undefined, 2.5],
  [[3, 1, 2], undefined, 2],
  [[3, 1, 2, 4], [1, 1, 1, 4], 4],
  [[3, 1, 2, 4], [0, 1, 0, 1], 2.5],
  [[3, 1, 2, 4], [1, 3, 1, 1], 1.5],
  [[3, 1, 2, 4], [0.1, 0.1, 0.1, 0.1], 2.5],
])("the median of the errors %j with the weights %j is %d", (errors, weights, median) => {
  expect(
    measured(
      "median_ae",
      errors.map(() => 0),
      errors,
      weights,
    ),
  ).toBe(median);
});

test("one target of 0 that is missed makes the MAPE astronomical", () => {
  expect(measured("mape", [0, 1], [1, 1])).toBe(2 ** 51);
});

test("half the absolute error is the pinball loss of the median", () => {
  for (const { rows: given, expected } of REGRESSION_CASES)
    if (expected["mae"] !== undefined) {
      const pinball = REGRESSION_METRICS.find((one) => one.name === "pinball_0.5")!.prepare(given)();
      const mae = REGRESSION_METRICS.find((one) => one.name === "mae")!.prepare(given)();
      expectClose(pinball, mae! / 2);
    }
});
