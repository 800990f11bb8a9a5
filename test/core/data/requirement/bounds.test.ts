import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateRange, numberRange, words } from "#core/data/requirement/bounds";

describe("an end that is not included", () => {
  test("of integers is the next integer", () => {
    expect(numberRange({ exclusiveMinimum: 0, exclusiveMaximum: 10 }, "integer")).toEqual({ min: 1, max: 9 });
    expect(numberRange({ exclusiveMinimum: 0.5, exclusiveMaximum: 9.5 }, "integer")).toEqual({ min: 1, max: 9 });
  });

  test("of numbers leaves out that number and no other", () => {
    const double = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(double, double, (bound, value) => {
        const { min = Number.NaN } = numberRange({ exclusiveMinimum: bound }, "number");
        const { max = Number.NaN } = numberRange({ exclusiveMaximum: bound }, "number");
        expect([value >= min, value <= max]).toEqual([value > bound, value < bound]);
        expect([min > bound, max < bound]).toEqual([true, true]);
      }),
    );
  });

  test("of dates is the millisecond beside it", () => {
    expect(dateRange({ exclusiveMinimum: "2024-01-01", exclusiveMaximum: "2025-01-01" })).toEqual({
      min: "2024-01-01T00:00:00.001Z",
      max: "2024-12-31T23:59:59.999Z",
    });
  });
});

test("of two ends on one side the narrower counts", () => {
  expect(numberRange({ minimum: 5, exclusiveMinimum: 5, maximum: 9, exclusiveMaximum: 9 }, "integer")).toEqual({
    min: 6,
    max: 8,
  });
  expect(dateRange({ minimum: "2024-06-01", exclusiveMinimum: "2024-01-01", maximum: "2024-07-01" })).toEqual({
    min: "2024-06-01",
    max: "2024-07-01",
  });
});

test("ends are said as the contract has them", () => {
  expect(words({ minimum: 0, maximum: 9 })).toBe("between 0 and 9, both included");
  expect(words({ exclusiveMinimum: 0, maximum: 9 })).toBe("above 0 and at most 9");
});
