import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareCritical, chiSquareSurvival } from "#core/statistics/chi-square";
import { kolmogorovCritical, kolmogorovSurvival } from "#core/statistics/kolmogorov";
import { kolmogorovRowsSurvival } from "#core/statistics/kolmogorov-rows";
import { exactSmirnovP } from "#core/statistics/smirnov-paths";
import { expectNear } from "./support/close.ts";
import { DISTRIBUTIONS } from "./support/distributions.ts";

// Relative to one part in 10⁹ down to the smallest normal number: below it doubles have fewer digits.
const SMALLEST = 1e-300;

describe("the chi-square distribution", () => {
  test.each(DISTRIBUTIONS.chiSquare)("beyond %d with %d degrees of freedom agrees with scipy", (x, dof, tail) => {
    expectNear(chiSquareSurvival(x, dof), tail, SMALLEST);
  });

  test.each(DISTRIBUTIONS.chiSquareCritical)("leaves %d at dof %d where scipy does", (tail, dof, x) => {
    expectNear(chiSquareCritical(tail, dof), x);
  });

  test("ends where no probability is left, and begins with all of it", () => {
    expect([0, -1, Number.POSITIVE_INFINITY, Number.NaN].map((x) => chiSquareSurvival(x, 3))).toEqual([
      1,
      1,
      0,
      Number.NaN,
    ]);
  });

  test("has no meaning without a degree of freedom, nor a value for a tail of nothing or everything", () => {
    expect(() => chiSquareSurvival(1, 0)).toThrow(RangeError);
    expect(() => chiSquareCritical(0, 3)).toThrow(RangeError);
    expect(() => chiSquareCritical(1, 3)).toThrow(RangeError);
  });

  test("falls as x grows", () => {
    const x = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(x, x, fc.integer({ min: 1, max: 200 }), (a, b, dof) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(chiSquareSurvival(high, dof)).toBeLessThanOrEqual(chiSquareSurvival(low, dof) * (1 + 1e-12));
      }),
    );
  });
});

describe("Kolmogorov's limit", () => {
  test.each(DISTRIBUTIONS.kolmogorov)("beyond %d agrees with scipy", (x, tail) => {
    expectNear(kolmogorovSurvival(x), tail);
  });

  test("leaves 5 % at 1.3581 and 1 % at 1.6276, as the tables have it", () => {
    expect([kolmogorovCritical(0.05).toFixed(4), kolmogorovCritical(0.01).toFixed(4)]).toEqual(["1.3581", "1.6276"]);
  });

  test("starts at certainty", () => {
    expect([kolmogorovSurvival(0), kolmogorovSurvival(-1), kolmogorovSurvival(Number.NaN)]).toEqual([1, 1, Number.NaN]);
    expect(() => kolmogorovCritical(1)).toThrow(RangeError);
  });
});

describe("the Kolmogorov–Smirnov statistic of one sample", () => {
  test.each(DISTRIBUTIONS.kolmogorovRows)("beyond %d with %d rows agrees with scipy", (d, n, tail) => {
    expectNear(kolmogorovRowsSurvival(d, n), tail, 1);
    if (tail > SMALLEST) expectNear(kolmogorovRowsSurvival(d, n), tail, 1e-6);
  });
});

describe("the Smirnov statistic of two samples, by counted paths", () => {
  test.each(DISTRIBUTIONS.smirnovPaths)("at %d of %d and %d rows agrees with scipy", (d, n, m, tail) => {
    expectNear(exactSmirnovP(d, { n, m }), tail, SMALLEST);
  });

  test("does not depend on which sample is the first", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), (n, m, d) => {
        expect(exactSmirnovP(d, { n, m })).toBe(exactSmirnovP(d, { n: m, m: n }));
      }),
    );
  });

  test("is the share of all orders of rows with that distance, counted one by one", () => {
    const [n, m] = [4, 3];
    const distances = orders(n, m).map((order) => distanceOf(order, n, m));
    for (const d of new Set(distances)) {
      const share = distances.filter((other) => other >= d - 1e-12).length / distances.length;
      expectNear(exactSmirnovP(d, { n, m }), share);
    }
  });
});

/** Every order of n rows of one sample and m of the other, as strings of a and b. */
function orders(n: number, m: number): string[] {
  if (n === 0) return ["b".repeat(m)];
  if (m === 0) return ["a".repeat(n)];
  return [...orders(n - 1, m).map((rest) => `a${rest}`), ...orders(n, m - 1).map((rest) => `b${rest}`)];
}

function distanceOf(order: string, n: number, m: number): number {
  const at = [...order].map((_, end) => {
    const seen = order.slice(0, end + 1);
    const a = seen.split("a").length - 1;
    return Math.abs(a / n - (seen.length - a) / m);
  });
  return Math.max(...at);
}
