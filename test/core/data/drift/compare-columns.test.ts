import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { DriftResult } from "#core/data/drift/drift-result";
import { expectNear } from "../../statistics/support/close.ts";
import { CATEGORICAL_CASES, categorical, NUMERIC_CASES, numeric } from "./support/cases.ts";

describe("numeric columns: SciPy's numbers", () => {
  test.each(NUMERIC_CASES)("$name", ({ reference, current, expected }) => {
    const [column] = compareColumns([reference], [current]).columns;
    expect([column!.n_reference, column!.n_current]).toEqual([expected.n_reference, expected.n_current]);
    expectNear(column!.ks!.statistic, expected.ks.statistic);
    expectNear(column!.ks!.p_value, expected.ks.p_value, 1e-290);
    expectNear(column!.psi, expected.psi);
    expectNear(column!.wasserstein, expected.wasserstein, 1e-300);
    expectNear(column!.wasserstein_normed, expected.wasserstein_normed);
    expectNear(column!.missing.statistic, expected.missing?.statistic ?? null);
    expectNear(column!.missing.p_value, expected.missing?.p_value ?? null);
    expect([column!.chi2, column!.cramers_v, column!.js_distance]).toEqual([null, null, null]);
  });
});

describe("categorical columns: SciPy's numbers", () => {
  test.each(CATEGORICAL_CASES)("$name", ({ reference, current, expected }) => {
    const [column] = compareColumns([reference], [current]).columns;
    expect([column!.n_reference, column!.n_current]).toEqual([expected.n_reference, expected.n_current]);
    expectNear(column!.chi2!.statistic, expected.chi2.statistic);
    expect(column!.chi2!.dof).toBe(expected.chi2.dof);
    expectNear(column!.chi2!.p_value, expected.chi2.p_value, 1e-290);
    expectNear(column!.psi, expected.psi);
    expectNear(column!.js_distance, expected.js_distance);
    expectNear(column!.cramers_v, expected.cramers_v);
    expectNear(column!.effect, expected.effect);
    expectNear((column!.chi2!.pooled ?? column!.chi2)!.p_value, expected.pooled_p, 1e-290);
    expectNear(column!.missing.p_value, expected.missing?.p_value ?? null);
    expect(column!.unseen).toEqual(expected.unseen);
    expect([column!.ks, column!.wasserstein, column!.wasserstein_normed]).toEqual([null, null, null]);
  });
});

test("every case is a result its own schema accepts", () => {
  for (const { reference, current } of [...NUMERIC_CASES, ...CATEGORICAL_CASES]) {
    const result = compareColumns([reference], [current]);
    expect(DriftResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  }
});

test("a zero with a sign is a zero", () => {
  const [column] = compareColumns([numeric([-0, 0, 1])], [numeric([0, 0, 1])]).columns;
  expect(column!.ks!.statistic).toBe(0);
});

test("the columns handed in stay as they were", () => {
  const values = Float64Array.from([3, 1, Number.NaN, 2]);
  compareColumns([{ kind: "numeric", name: "x", values }], [{ kind: "numeric", name: "x", values }]);
  expect([...values]).toEqual([3, 1, Number.NaN, 2]);
});

describe("a column that cannot be compared is told, and the others are compared", () => {
  const healthy = numeric([1, 2, 3, 4], "healthy");
  const NONE = [Number.NaN, Number.NaN];

  test.each([
    ["infinite values", numeric([1, Number.POSITIVE_INFINITY]), numeric([1, 2])],
    ["infinite values", numeric([1, 2]), numeric([1, Number.NEGATIVE_INFINITY])],
    ["no values in the reference", numeric(NONE), numeric([1, 2])],
    ["no values in the current data", numeric([1, 2]), numeric(NONE)],
    ["no values in the reference", numeric([]), numeric([])],
    ["no values in the reference", categorical({}, 3), categorical({ a: 1 })],
    ["no values in the current data", categorical({ a: 1 }), categorical({}, 4)],
    ["of another kind in the current data", numeric([1, 2]), categorical({ a: 1 })],
    ["of another kind in the current data", categorical({ a: 1 }), numeric([1, 2])],
    ["absent from the current data", numeric([1, 2]), numeric([1], "another name")],
    ["absent from the current data", categorical({ a: 2 }), numeric([1], "another name")],
  ] as const)("%s", (problem, reference, current) => {
    const result = compareColumns([reference, healthy], [current, healthy]);
    expect(result.columns.map((column) => [column.name, column.problem])).toEqual([
      ["x", problem],
      ["healthy", null],
    ]);
    expect(result.columns[0]!.verdict).toBe("not comparable");
    expect(result.columns[0]!.sentence).toBe(`Column "x": cannot be compared: ${problem}.`);
    expect(DriftResult.safeParse(result).success).toBe(true);
  });

  test("one value, the same on both sides, is no drift and no test", () => {
    const result = compareColumns(
      [numeric([7, 7, 7]), categorical({ a: 9 }, 0, "y")],
      [numeric([7, 7]), categorical({ a: 4 }, 0, "y")],
    );
    expect(result.columns.map(({ problem, verdict }) => [problem, verdict])).toEqual([
      ["one value only", "no drift"],
      ["one value only", "no drift"],
    ]);
    expect(result.tests).toBe(0);
  });
});

test("a column that lost all its values drifted: missing values are tested apart", () => {
  const reference = numeric(Array.from({ length: 50 }, (_, i) => i));
  const [column] = compareColumns([reference], [numeric(new Array(50).fill(Number.NaN))]).columns;
  expect(column!.verdict).toBe("drifted");
  expect(column!.sentence).toBe(
    'Column "x": cannot be compared: no values in the current data; missing values went from 0.0 % to 100.0 %, adjusted p < 0.0001, floor 2 points.',
  );
});

test("12 missing of 1,000 against 40 of 1,000 is found, p = 8.3e-5 before Yates' correction", () => {
  const [column] = compareColumns([categorical({ a: 988 }, 12)], [categorical({ a: 960 }, 40)]).columns;
  expect(column!.missing.change_points).toBeCloseTo(2.8, 12);
  expect(column!.missing.p_value!.toPrecision(2)).toBe("0.00015");
  expect(column!.verdict).toBe("drifted");
});
