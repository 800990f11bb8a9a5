import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { equalSizesV } from "#core/data/drift/contingency";
import { DriftResult } from "#core/data/drift/drift-result";
import { expectNear } from "../../statistics/support/close.ts";
import { categorical, numeric } from "./support/cases.ts";

const values = fc.array(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -9e6, max: 9e6 }).map((n) => n / 1e6),
  ),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const counts = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e", ""), fc.integer({ min: 1, max: 60 }), {
  minKeys: 1,
});
const compareNumbers = (a: number[], b: number[]) => compareColumns([numeric(a)], [numeric(b)]).columns[0]!;
const compareCounts = (a: Record<string, number>, b: Record<string, number>) =>
  compareColumns([categorical(a)], [categorical(b)]).columns[0]!;

describe("numeric columns", () => {
  test("D and p lie in [0, 1], PSI and Wasserstein are not negative", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { ks, psi, wasserstein } = compareNumbers(a, b);
        for (const share of [ks!.statistic, ks!.p_value]) expect(share >= 0 && share <= 1).toBe(true);
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(wasserstein).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("KS and Wasserstein do not depend on which side is the reference", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [there, back] = [compareNumbers(a, b), compareNumbers(b, a)];
        expect(there.ks).toEqual(back.ks);
        expectNear(there.wasserstein, back.wasserstein);
      }),
    );
  });

  test("D and PSI do not depend on the unit", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [plain, scaled] = [
          compareNumbers(a, b),
          compareNumbers(
            a.map((x) => x * 4),
            b.map((x) => x * 4),
          ),
        ];
        expect([scaled.ks, scaled.psi]).toEqual([plain.ks, plain.psi]);
      }),
    );
  });

  test("a column against itself has no distance", () => {
    fc.assert(
      fc.property(values, (a) => {
        const { ks, psi, wasserstein } = compareNumbers(a, [...a].reverse());
        expect([ks!.statistic, ks!.p_value, psi, wasserstein]).toEqual([0, 1, 0, 0]);
      }),
    );
  });
});

describe("categorical columns", () => {
  test("Jensen–Shannon and chi-square are symmetric, all are in their range", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [there, back] = [compareCounts(a, b), compareCounts(b, a)];
        expectNear(there.js_distance, back.js_distance, 1);
        expectNear(there.chi2!.statistic, back.chi2!.statistic);
        expectNear(there.psi, back.psi);
        expect(DriftResult.shape.columns.safeParse([there, back]).success).toBe(true);
      }),
    );
  });

  test("V at equal sizes is near the plain bias-corrected V where the sizes are equal", () => {
    const table = { reference: [500, 300, 200], current: [400, 300, 300] };
    const { cramers_v } = compareCounts({ a: 500, b: 300, c: 200 }, { a: 400, b: 300, c: 300 });
    expect(equalSizesV(table)).toBeCloseTo(cramers_v!, 3);
  });

  test("a large reference does not hide a drift: the plain V falls below its floor, the effect does not", () => {
    const column = compareCounts({ a: 5_000_000, b: 5_000_000 }, { a: 3_000, b: 2_000 });
    expect(column.cramers_v).toBeLessThan(0.01);
    expect(column.effect).toBeGreaterThan(0.1);
    expect(column.verdict).toBe("drifted");
  });
});

test("whatever the columns are, a comparison is a result and never an exception", () => {
  const column = fc.oneof(
    fc.array(fc.double()).map((list) => numeric(list)),
    fc.dictionary(fc.string(), fc.nat(9)).chain((some) => fc.nat(5).map((missing) => categorical(some, missing))),
  );
  fc.assert(
    fc.property(column, column, (a, b) => {
      const result = compareColumns([a], [b]);
      expect(DriftResult.safeParse(JSON.parse(JSON.stringify(result))).error).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
