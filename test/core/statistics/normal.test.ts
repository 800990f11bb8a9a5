import { expect, test } from "vitest";
import { normalCdf, normalQuantile, twoSidedP } from "#core/statistics/normal";
import { readFixture } from "../metrics/support/read-fixture.ts";

const golden = readFixture<Record<"cdf" | "quantile" | "twoSidedP", [number, number][]>>("normal.json");

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-300);
}

test.each(golden.cdf)("the normal distribution function at %d agrees with scipy", (x, expected) => {
  expectRelative(normalCdf(x), expected);
});

test.each(golden.quantile)("the normal quantile of %d agrees with scipy", (probability, expected) => {
  expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
});

test.each(golden.twoSidedP)("the two-sided p of z = %d agrees with scipy", (z, expected) => {
  expectRelative(twoSidedP(z), expected);
});

// pROC prints Z = 2.209 and p = 0.02718 for wfns against s100b of its aSAH data; p of a rounded Z is known to 3·10⁻⁵.
test("the p of pROC's published DeLong statistic is pROC's published p", () => {
  expect(Math.abs(twoSidedP(2.209) - 0.02718)).toBeLessThan(3e-5);
});

test("z beyond every double has no probability left, and no number has none", () => {
  expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(Number.NaN)]).toEqual([0, 1, Number.NaN]);
});

test.each([0, 1, -0.1, 1.1, Number.NaN])("there is no normal quantile of %d", (probability) => {
  expect(() => normalQuantile(probability)).toThrow(RangeError);
});
