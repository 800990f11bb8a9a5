import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CategoricalColumn, type Column, NOTHING_UNTOLD } from "#core/data/column";
import { measureColumn } from "#core/data/drift/measure-column";
import { referenceOf } from "#core/data/drift/reference";
import { sortedColumn } from "#core/data/drift/sorted-column";
import { columnProfile } from "#core/data/profile/profile-of";
import { type ColumnSurveyOptions, surveyColumn } from "#core/data/survey-column";

const numbers = (...values: number[]): Column => ({ kind: "numeric", name: "x", values: Float64Array.from(values) });
const words = (counts: Record<string, number>, missing = 0): CategoricalColumn => ({
  kind: "categorical",
  name: "x",
  counts: new Map(Object.entries(counts)),
  missing,
  untold: NOTHING_UNTOLD,
});
const survey = (column: Column, options: Partial<ColumnSurveyOptions> = {}) =>
  surveyColumn(column, { type: "string", profile: {}, reference: undefined, ...options });

describe("a survey of one column", () => {
  test("is its profile and its drift as they are alone", () => {
    for (const [column, before] of [
      [numbers(3, 1, 2, Number.NaN), numbers(5, 6)],
      [words({ a: 7, b: 2 }, 1), words({ a: 3 })],
    ] as const) {
      const found = survey(column, { reference: referenceOf(before), type: "number" });
      expect(found.survey.profile).toEqual(columnProfile(column));
      expect(found.survey.drift).toEqual(measureColumn(referenceOf(before), column));
      expect(survey(column).survey.drift).toBeNull();
    }
  });

  test("is the same of numbers that are in order already", () => {
    const column = { kind: "numeric", name: "x", values: Float64Array.from([3, Number.NaN, 1, 2]) } as const;
    const options = { type: "integer", profile: {}, reference: referenceOf(numbers(1, 2)) } as const;
    expect(surveyColumn({ kind: "sorted", ...sortedColumn(column) }, options)).toEqual(surveyColumn(column, options));
  });

  test("does not depend on the order in which values were counted", () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.integer({ min: 1, max: 40 })), {
      selector: ([name]) => name,
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, (counted) => {
        const forward = words({});
        const turned = { ...forward, counts: new Map([...counted].reverse()) };
        expect(survey(turned)).toEqual(survey({ ...forward, counts: new Map(counted) }));
      }),
    );
  });

  test("finds personal data among values spread over the alphabet, not its first letters alone", () => {
    const plain = Array.from({ length: 2_000 }, (_, at) => [`a${at}`, 1] as const);
    const mails = Array.from({ length: 3_000 }, (_, at) => [`z${at}@example.org`, 1] as const);
    const { personal } = survey({ ...words({}), counts: new Map([...plain, ...mails]) }).survey;
    expect(personal).toMatchObject({ kind: "e-mail address", checked: 1_000, matched: 600 });
  });

  test("withholds values of personal data, of columns named by the caller and of small groups", () => {
    const told = (column: Column, options: Partial<ColumnSurveyOptions> = {}) =>
      JSON.stringify(survey(column, options).survey);
    const mails = words({ "ada@example.org": 50, "grace@example.org": 60 });
    expect(told(mails)).not.toContain("example");
    const salaries = numbers(...Array.from({ length: 40 }, (_, at) => 61_234 + at));
    expect(told(salaries, { type: "integer" })).toContain("61234");
    expect(told(salaries, { type: "integer", profile: { withheld: ["x"] } })).not.toMatch(/612|67/);
    expect(told(words({ Climb: 60, Descent: 40, Oddity: 4 }))).not.toContain("Oddity");
    expect(told(words({ Climb: 60, Descent: 40 }))).toContain("Descent");
  });
});

describe("a column with more than 100,000 values", () => {
  const untold = { values: 123_456, rows: 200_000, sample: ["u1@example.org", "u2@example.org"] };
  const column = { ...words({}, 7), untold };

  test("has its exact numbers in the profile and no value", () => {
    expect(survey(column).survey.profile).toEqual({
      kind: "categorical",
      name: "x",
      count: 200_000,
      missing: 7,
      distinct: 123_456,
      top: [],
      unnamed: { values: 123_456, rows: 200_000 },
    });
  });

  test("is looked at for personal data by its sample", () => {
    expect(survey(column).survey.personal).toMatchObject({ kind: "e-mail address", matched: 2, checked: 2 });
  });

  test("has no drift of values, on either side, but one of missing values", () => {
    const drift = survey(column, { reference: referenceOf(words({ a: 100 }, 50)) }).survey.drift;
    expect(drift).toMatchObject({ problem: "too many values", n_current: 200_000, chi2: null });
    expect(drift?.missing.p_value).toBeLessThan(1e-9);
    expect(measureColumn(referenceOf(column), words({ a: 100 }))).toMatchObject({
      problem: "too many values",
      n_reference: 200_000,
      missing: { reference: 7, rate_reference: 7 / 200_007 },
    });
  });

  test("is a key when its values are as many as its rows", () => {
    const key = { ...words({}), untold: { ...untold, values: 200_000, sample: ["u1", "u2"] } };
    expect(survey(key).survey.draft).toEqual({ name: "x", logicalType: "string", required: true, unique: true });
    expect(survey(column).survey.draft).toMatchObject({ required: false });
    expect(survey(column).survey.draft).not.toHaveProperty("unique");
  });

  test("is a date or a time by the engine's type and its sample", () => {
    const of = (sample: string[]) =>
      survey({ ...column, untold: { ...untold, sample } }, { type: "date" }).survey.draft;
    expect(of(["2024-01-01"])).toMatchObject({ logicalType: "date" });
    expect(of(["2024-01-01", "2024-01-01T10:00"])).toMatchObject({ logicalType: "timestamp" });
  });
});
