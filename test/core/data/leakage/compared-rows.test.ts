import { describe, expect, test } from "vitest";
import type { Column } from "#core/data/column";
import { chanceOfEqual } from "#core/data/leakage/chance-of-equal";
import { comparedRows } from "#core/data/leakage/compared-rows";
import { columnProfile } from "#core/data/profile/profile-of";
import type { Survey } from "#core/data/survey";
import { contract, expectations, survey, surveyedColumn } from "#test/support/builders/contract";

const numbers = (name: string, value: (at: number) => number, rows = 1_000): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from({ length: rows }, (_, at) => value(at)),
});
const words = (name: string, counts: Record<string, number>): Column => ({
  kind: "categorical",
  name,
  counts: new Map(Object.entries(counts)),
  missing: 0,
  untold: { values: 0, rows: 0, sample: [] },
});
const chance = (...columns: Column[]) => chanceOfEqual(columns.map((column) => columnProfile(column)));

describe("the chance that two rows are the same", () => {
  test("is one over the number of values that are equally frequent", () => {
    expect(chance(numbers("x", (at) => at % 10))).toBeCloseTo(0.1, 6);
    expect(chance(words("x", { a: 500, b: 500 }))).toBeCloseTo(0.5, 2);
  });

  test("of values that never repeat is none, however few the rows", () => {
    expect(chance(numbers("x", (at) => at))).toBe(0);
  });

  test("of values that repeat now and then is that of as many values as would do so", () => {
    // 1,000 draws of 10,000 values show 10,000·(1 − e^−0.1) = 952 different ones.
    expect(chance(numbers("x", (at) => Math.min(at, 951)))).toBeCloseTo(1e-4, 5);
  });

  test("is that of the columns together, and a missing value equals a missing one", () => {
    expect(
      chance(
        words("x", { a: 500, b: 500 }),
        numbers("y", (at) => at % 10),
      ),
    ).toBeCloseTo(0.05, 3);
    expect(chance(numbers("x", (at) => (at % 2 === 0 ? Number.NaN : at)))).toBeCloseTo(0.25, 6);
  });
});

describe("rows are known again in a holdout", () => {
  const surveyOf = (of: ReturnType<typeof contract>, ...columns: Column[]): Survey =>
    survey(expectations(of), {
      columns: columns.map(({ name }) => name),
      surveyed: columns.map((column) => surveyedColumn(column.name, { profile: columnProfile(column) })),
    });
  const compared = (of: ReturnType<typeof contract>, ...columns: Column[]) =>
    comparedRows(of, surveyOf(of, ...columns), surveyOf(of, ...columns));
  const id = numbers("id", (at) => at);
  const coin = words("coin", { a: 500, b: 500 });
  const length = numbers("length", (at) => Math.sqrt(at));
  const keyed = contract([{ name: "id", unique: true }, { name: "coin" }, { name: "length" }]);

  test("without their keys, where few are equal by chance", () => {
    expect(compared(keyed, id, coin, length)).toEqual({ columns: ["coin", "length"], severity: "error" });
  });

  test("with their keys, where many are", () => {
    expect(compared(keyed, id, coin)).toEqual({ columns: ["id", "coin"], severity: "error" });
  });

  test("by nothing but keys, where there is nothing else", () => {
    expect(compared(keyed, id)).toEqual({ columns: ["id"], severity: "error" });
  });

  test("with a warning, where many are equal by chance and there is no key", () => {
    const of = contract([{ name: "coin" }]);
    expect(compared(of, coin)).toEqual({ columns: ["coin"], severity: "warning" });
  });

  test("without their keys in any case, where the contract has a limit", () => {
    const implementation = { check: "sharedRows", mustBeLessThan: 50 };
    const of = contract(
      [{ name: "id", unique: true }, { name: "coin" }],
      [{ type: "custom", engine: "tidemark", implementation }],
    );
    expect(compared(of, id, coin)).toEqual({ columns: ["coin"], severity: "error" });
    expect(compared(of, id)).toBeUndefined();
  });
});
