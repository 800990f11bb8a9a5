import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { compareWithProfile } from "#core/data/profile/compare-with-profile";
import { evenSample, sampleErrorBound } from "#core/data/profile/even-sample";
import { profileOf } from "#core/data/profile/profile-of";
import { printProfile, readProfile } from "#core/data/profile/reference-profile";
import { UserError } from "#core/errors";
import { seededRandom } from "#core/random";
import { expectNear } from "../../statistics/support/close.ts";
import { CATEGORICAL_CASES, categorical, NUMERIC_CASES, numeric } from "../drift/support/cases.ts";

const stored = (text: string) => readProfile(JSON.parse(text), "profile.json");

describe("a numeric column", () => {
  const column = numeric([4, 1, Number.NaN, 2, 2, Number.POSITIVE_INFINITY, 3, 8], "x");
  const [profile] = profileOf([column]).columns;

  test("is counted, measured and kept in order", () => {
    expect(profile).toMatchObject({ count: 6, missing: 1, infinite: 1, name: "x" });
    expect(profile).toMatchObject({ summary: { distinct: 5, min: 1, max: 8, sample: [1, 2, 2, 3, 4, 8] } });
    expect(profile).toMatchObject({ summary: { mean: 3.333333333, sd: 2.2852182, quantiles: { p50: 2.5, p25: 2 } } });
  });

  test("fills 256 bins with all its rows", () => {
    const { counts } = (profile as { summary: { histogram: { counts: number[] } } }).summary.histogram;
    expect(counts.reduce((sum, rows) => sum + rows, 0)).toBe(6);
    expect([counts[0], counts[255]]).toEqual([1, 1]);
  });

  test.each([[[]], [[Number.NaN]], [[5, 5, 5]], [[-1.7e308, 1.7e308]]])(
    "%j has a profile that can be read",
    (values) => {
      const made = profileOf([numeric(values)]);
      expect(stored(printProfile(made))).toEqual(made);
    },
  );
});

describe("a categorical column", () => {
  test("names its frequent values and hides groups below five", () => {
    const [profile] = profileOf([categorical({ rare: 4, often: 50, some: 5, gone: 0 }, 3)]).columns;
    expect(profile).toMatchObject({ count: 59, missing: 3, distinct: 3, unnamed: { values: 1, rows: 4 } });
    expect(profile).toMatchObject({
      top: [
        { value: "often", rows: 50 },
        { value: "some", rows: 5 },
      ],
    });
    expect(JSON.stringify(profile)).not.toContain("rare");
  });

  test("names at most a hundred", () => {
    const counts = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`v${i}`, 10 + i]));
    expect(profileOf([categorical(counts)]).columns[0]).toMatchObject({ unnamed: { values: 30, rows: 735 } });
  });
});

describe("the printed profile", () => {
  const columns = [numeric([0.1, 1 / 3, 1e300, -0], "x"), categorical({ b: 9, a: 9, __proto__: 1 }, 2, "y")];

  test("reads back as it was", () => {
    const made = profileOf(columns);
    expect(stored(printProfile(made))).toEqual(made);
    expect(stored(printProfile(profileOf([])))).toEqual(profileOf([]));
  });

  test("does not depend on the order of the rows", () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 5_000 }, () => random() * 1e6 - 3e5);
    const [forward, backward] = [values, [...values].reverse()].map((rows) => printProfile(profileOf([numeric(rows)])));
    expect(backward).toBe(forward);
  });

  test("that was edited is refused with a reason", () => {
    const broken = { ...profileOf(columns), version: 2 };
    expect(() => readProfile(broken, "profile.json")).toThrow(UserError);
    expect(() => readProfile(broken, "profile.json")).toThrow(/profile\.json: version/);
  });
});

describe("drift against the profile", () => {
  const small = [...NUMERIC_CASES, ...CATEGORICAL_CASES];
  const options = { smallestGroup: 1, sampleSize: 10_000 };

  test("of all rows and names is drift against the data", () => {
    for (const { reference, current, name } of small) {
      const profile = stored(printProfile(profileOf([reference], options)));
      const [against] = compareWithProfile(profile, [current]).columns;
      const [expected] = compareColumns([reference], [current]).columns;
      if (against!.ks?.error_bound || against!.unseen_categories === null) continue;
      expect({ ...against, wasserstein_normed: null }, name).toEqual({ ...expected, wasserstein_normed: null });
      expectNear(against!.wasserstein_normed, expected!.wasserstein_normed ?? null, 1);
    }
  });

  test.each(NUMERIC_CASES)(
    "from 50 values differs in D by at most the stated bound, in PSI not at all: $name",
    (each) => {
      const profile = profileOf([each.reference], { sampleSize: 50 });
      const [against] = compareWithProfile(profile, [each.current]).columns;
      const [exact] = compareColumns([each.reference], [each.current]).columns;
      const { statistic, error_bound } = against!.ks!;
      expect(error_bound).toBe(each.expected.n_reference <= 50 ? 0 : 0.01);
      expect(Math.abs(statistic - exact!.ks!.statistic)).toBeLessThanOrEqual(error_bound + 1e-15);
      expect(against!.psi).toBe(exact!.psi);
      expect(against!.n_reference).toBe(exact!.n_reference);
    },
  );

  test("treats values the profile does not name as one category, and does not guess which are unseen", () => {
    const profile = profileOf([categorical({ a: 60, b: 30, c: 3, d: 2 })]);
    const [column] = compareWithProfile(profile, [categorical({ a: 55, b: 30, c: 2, e: 4 })]).columns;
    const [pooled] = compareColumns(
      [categorical({ a: 60, b: 30, rest: 5 })],
      [categorical({ a: 55, b: 30, rest: 6 })],
    ).columns;
    expect(column!.chi2).toEqual(pooled!.chi2);
    expect([column!.unseen, column!.unseen_categories]).toEqual([[], null]);
  });

  test("of a withheld column, or one of rare names only, compares what it keeps: missing values", () => {
    const columns = [numeric([1, 2, 3], "income"), categorical({ ada: 1, grace: 1 }, 0, "person")];
    const profile = profileOf(columns, { withheld: ["income"] });
    expect(printProfile(profile)).not.toMatch(/ada|grace|sample/);
    const gone = [numeric([1, Number.NaN, Number.NaN], "income"), categorical({ ada: 1 }, 1, "person")];
    for (const column of compareWithProfile(profile, gone).columns) {
      expect(column).toMatchObject({ verdict: "not comparable", problem: "values not kept in the profile" });
      expect(column.missing.p_value).not.toBeNull();
    }
  });

  test("states that it is a profile", () => {
    expect(compareWithProfile(profileOf([]), []).conventions["reference"]).toMatch(/^a profile of 0 rows/);
  });
});

test("an even sample's distribution function is never further off than half a step", () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 60 }), (rows, size) => {
      const sorted = Float64Array.from(rows).sort();
      const sample = evenSample(sorted, size);
      const bound = sampleErrorBound(sorted.length, sample.length);
      for (const x of sorted) {
        const share = (of: Float64Array) => of.filter((value) => value <= x).length / of.length;
        expect(Math.abs(share(sorted) - share(sample))).toBeLessThanOrEqual(bound + 1e-12);
      }
    }),
  );
});
