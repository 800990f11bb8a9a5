import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg, holm } from "#core/statistics/adjust-p-values";
import { expectNear } from "./support/close.ts";
import { DISTRIBUTIONS } from "./support/distributions.ts";

test.each(DISTRIBUTIONS.adjusted)("the p-values $p adjust as scipy's", (stored) => {
  for (const [at, expected] of stored.benjaminiHochberg.entries())
    expectNear(benjaminiHochberg(stored.p)[at], expected);
  for (const [at, expected] of stored.holm.entries()) expectNear(holm(stored.p)[at], expected);
});

test("no tests need no adjusting", () => {
  expect([benjaminiHochberg([]), holm([])]).toEqual([[], []]);
});

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

test.each([benjaminiHochberg, holm])("%o keeps the order, never falls below p nor rises above 1", (adjust) => {
  fc.assert(
    fc.property(pValues, (p) => {
      const adjusted = adjust(p);
      for (const [a, pa] of p.entries()) {
        expect(adjusted[a]).toBeGreaterThanOrEqual(pa);
        expect(adjusted[a]).toBeLessThanOrEqual(1);
        for (const [b, pb] of p.entries()) if (pa <= pb) expect(adjusted[a]).toBeLessThanOrEqual(adjusted[b]!);
      }
    }),
  );
});

test("Holm is never more lenient than Benjamini and Hochberg", () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const lenient = benjaminiHochberg(p);
      for (const [at, strict] of holm(p).entries()) expect(strict).toBeGreaterThanOrEqual(lenient[at]! - 1e-15);
    }),
  );
});
