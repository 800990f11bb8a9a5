import { expect, test } from "vitest";
import { moments } from "#core/statistics/moments";
import { quantile } from "#core/statistics/quantile";
import { DISTRIBUTIONS } from "./support/distributions.ts";

test.each(DISTRIBUTIONS.quantiles)("the quantiles of $values.length values are NumPy's to the last bit", (stored) => {
  const sorted = Float64Array.from(stored.values);
  expect(stored.shares.map((share) => quantile(sorted, share))).toEqual(stored.expected);
});

test("no values have no quantile and no moments", () => {
  expect(quantile(new Float64Array(), 0.5)).toBeNaN();
  expect(moments(new Float64Array())).toBeUndefined();
});

test("a large mean costs the standard deviation no digits", () => {
  const { mean, sd } = moments(Float64Array.from([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))!;
  expect(mean).toBe(1e9 + 10);
  expect(sd).toBeCloseTo(Math.sqrt(22.5), 12);
});
