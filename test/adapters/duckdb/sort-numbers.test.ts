import fc from "fast-check";
import { expect, test } from "vitest";
import { sortNumbers } from "#adapters/duckdb/sort-numbers";

const sorted = (values: Float64Array) =>
  Float64Array.from(sortNumbers(Float64Array.from(values), new Float64Array(values.length + 3)));

test("sorts as a typed array does, whatever the signs and sizes", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), (some) => {
      // Repeated to the length from which on digits are sorted.
      const values = Float64Array.from({ length: 60_000 }, (_, at) => some[(at * 7_919) % some.length] ?? 0);
      expect(sorted(values)).toEqual(Float64Array.from(values).sort());
    }),
    { numRuns: 15 },
  );
});

test.each([
  ["one value", () => 5],
  ["negative ones alone", (at: number) => -1 - (at % 1_000)],
  ["zero between both", (at: number) => (at % 3) - 1],
  ["few digits that differ", (at: number) => at % 7],
  ["extremes", (at: number) => [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0][at % 4] ?? 0],
])("sorts %s", (_name, valueAt) => {
  const values = Float64Array.from({ length: 70_001 }, (_, at) => valueAt(at));
  expect(sorted(values)).toEqual(Float64Array.from(values).sort());
});
