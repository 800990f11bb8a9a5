import { describe, expect, test } from "vitest";
import type { Contract } from "#core/data/contract";
import { requirementsOf } from "#core/data/requirements-of";
import { surveyRequest, validate } from "#core/data/validate";
import { contract, expectations, NOW, survey, surveyedColumn } from "#test/support/builders/contract";

type Facts = NonNullable<Parameters<typeof survey>[1]>;

const found = (of: Contract, facts: Facts = {}, circumstances: Parameters<typeof expectations>[1] = {}) => {
  const expected = expectations(of, circumstances);
  return validate(expected, survey(expected, facts)).map(({ finding }) => finding);
};
const ids = (...given: Parameters<typeof found>) => found(...given).map(({ id }) => id);
const mark = (property: string, value: unknown) => ({ property, value });
const key = { name: "id", unique: true };

describe("columns in the contract's order", () => {
  const inOrder = (columnOrder: string) =>
    contract([key, { name: "age" }, { name: "sex" }], [], {
      object: { customProperties: [mark("columnOrder", columnOrder)] },
    });

  test("are asked for only when the contract says so", () => {
    expect(ids(inOrder("any"), { columns: ["sex", "id", "age"] })).toEqual([]);
    expect(ids(inOrder("contract"), { columns: ["id", "age", "sex"] })).toEqual([]);
  });

  test("are told of the first that stands elsewhere", () => {
    expect(found(inOrder("contract"), { columns: ["id", "sex", "age"] })).toMatchObject([
      {
        id: "DATA_COLUMN_ORDER",
        severity: "error",
        column: "sex",
        sentence: 'Column "sex" stands where the contract has "age".',
        value: 2,
        threshold: 3,
      },
    ]);
  });

  test("are not confused by one that is missing or unknown", () => {
    expect(ids(inOrder("contract"), { columns: ["id", "shoe", "sex"] })).toEqual([
      "DATA_COLUMN_MISSING",
      "DATA_COLUMN_UNKNOWN",
    ]);
  });
});

describe("one finding for each kind and column", () => {
  test("when two promises are broken by the same rows, the more severe is told", () => {
    const of = contract([
      key,
      { name: "age", required: true, quality: [{ metric: "nullValues", mustBe: 0, severity: "warning" }] },
    ]);
    expect(found(of, { broken: { present: { broken: 3 } } })).toMatchObject([
      { id: "DATA_MISSING_VALUES", severity: "error", column: "age" },
    ]);
  });

  test("what is no number is not told again as out of range", () => {
    const of = contract([key, { name: "age", logicalType: "integer", logicalTypeOptions: { minimum: 0 } }]);
    const broken = (types: number, ranges: number) => ({
      broken: { type: { broken: types }, between: { broken: ranges } },
    });
    // The key is text, so nothing but the age can be of the wrong type.
    expect(ids(of, broken(7, 7)).filter((id) => id === "DATA_OUT_OF_RANGE")).toEqual([]);
    expect(ids(of, broken(7, 8)).filter((id) => id === "DATA_OUT_OF_RANGE")).toEqual(["DATA_OUT_OF_RANGE"]);
  });
});

test("equal rows are looked for where no key rules them out", () => {
  const broken = { "distinct-rows": { broken: 24, firstLine: 90 } };
  expect(found(contract([{ name: "age" }]), { broken })).toMatchObject([
    { id: "DATA_DUPLICATE_ROWS", severity: "warning", column: null, value: 24, line: 90 },
  ]);
  expect(surveyRequest(expectations(contract([key])), undefined).checks).not.toContainEqual({ kind: "distinct-rows" });
});

describe("missing values that the contract names", () => {
  const of = contract([
    key,
    {
      name: "age",
      quality: [
        { metric: "missingValues", unit: "percent", mustBeLessThan: 10, arguments: { missingValues: ["N/A"] } },
      ],
    },
  ]);

  test("count beside the empty ones, as a share of all rows", () => {
    const facts = (named: number) => ({
      broken: { present: { broken: 60 }, "one-of": { checked: 940, broken: 940 - named } },
    });
    expect(ids(of, facts(39))).toEqual([]);
    expect(found(of, facts(40))).toMatchObject([
      {
        id: "DATA_MISSING_VALUES",
        value: 10,
        sentence: 'Column "age": 100 of 1000 (10.0 %) values are missing; must be less than 10 percent.',
      },
    ]);
  });
});

describe("foreign keys", () => {
  const of = contract([key, { name: "customer", relationships: [{ to: "customers.id" }] }]);
  const related = new Map([["customers", "/data/customers.csv"]]);

  test("are looked up in the file of the other dataset", () => {
    const { checks } = surveyRequest(expectations(of, { related }), undefined);
    const other = { path: "/data/customers.csv", columns: ["id"] };
    expect(checks).toContainEqual({ kind: "exists-in", columns: ["customer"], other });
    expect(found(of, { broken: { "exists-in": { broken: 2, firstLine: 5 } } }, { related })).toMatchObject([
      { id: "DATA_UNKNOWN_KEY", severity: "error", column: "customer", value: 2, line: 5 },
    ]);
  });

  test("that nobody can look up are an error, not a pass", () => {
    expect(found(of)).toMatchObject([{ id: "DATA_RELATED_MISSING", severity: "error", column: "customer" }]);
  });

  test("of several columns and in either notation", () => {
    const of = contract([key, { name: "a", id: "a_field" }, { name: "b" }], [], {
      object: {
        relationships: [
          { from: ["rows.a", "rows.b"], to: ["other.x", "other.y"] },
          { from: "schema/rows/properties/a_field", to: "far.yaml#/schema/other/properties/x" },
        ],
      },
    });
    const asked = requirementsOf(of, { now: NOW, related: new Map([["other", "/o.csv"]]) }).flatMap(
      ({ parts }) => parts,
    );
    expect(asked.map(({ check }) => check).filter(({ kind }) => kind === "exists-in")).toEqual([
      { kind: "exists-in", columns: ["a", "b"], other: { path: "/o.csv", columns: ["x", "y"] } },
      { kind: "exists-in", columns: ["a"], other: { path: "/o.csv", columns: ["x"] } },
    ]);
  });
});

describe("the age of rows", () => {
  const of = (property: string, unit = "d", logicalType = "date") =>
    contract([key, { name: "day", logicalType }], [], {
      slaProperties: [{ property, value: 2, unit, element: "rows.day" }],
    });

  test("is fresh with one row that is young enough", () => {
    const kept = (rows: number) => ({ broken: { "date-between": { checked: 1_000, broken: 1_000 - rows } } });
    expect(ids(of("latency"), kept(1))).toEqual([]);
    expect(found(of("latency"), kept(0))).toMatchObject([
      { id: "DATA_STALE", severity: "error", value: 0, threshold: 1, line: null },
    ]);
  });

  test("is stale without any value", () => {
    expect(ids(of("freshness"), { broken: { "date-between": { checked: 0, broken: 0 } } })).toEqual(["DATA_STALE"]);
  });

  test("is counted from now, for dates by the day, and not from a date far ahead", () => {
    const check = (contract: Contract) =>
      surveyRequest(expectations(contract), undefined).checks.find(({ kind }) => kind === "date-between");
    const max = "2026-03-03T10:00:00.000Z";
    expect(check(of("latency"))).toEqual({ kind: "date-between", column: "day", min: "2026-02-28", max });
    const hours = check(of("latency", "h", "timestamp"));
    expect(hours).toEqual({ kind: "date-between", column: "day", min: "2026-03-02T08:00:00.000Z", max });
  });

  test("is not asked of a holdout", () => {
    const { checks } = surveyRequest(expectations(of("latency"), { now: undefined }), undefined);
    expect(checks.map(({ kind }) => kind)).not.toContain("date-between");
  });

  test("beyond the retention is a note", () => {
    expect(found(of("retention"), { broken: { "date-between": { broken: 3 } } })).toMatchObject([
      { id: "DATA_PAST_RETENTION", severity: "note", value: 3 },
    ]);
  });

  test("of other service levels is nobody's business here", () => {
    expect(surveyRequest(expectations(of("availability")), undefined).checks.map(({ kind }) => kind)).not.toContain(
      "date-between",
    );
  });
});

describe("the row count against the previous snapshot", () => {
  const implementation = { check: "rowCountChange", mustBeBetween: [-20, 50] };
  const of = contract([key], [{ type: "custom", engine: "tidemark", implementation }]);

  test.each([
    [1_250, []],
    [1_251, ["DATA_ROW_COUNT_CHANGE"]],
    [1_000, []],
    [667, []],
    [666, ["DATA_ROW_COUNT_CHANGE"]],
  ])("of 1,000 rows after %d gives %j", (rows, expected) => {
    expect(ids(of, {}, { previous: { rows } })).toEqual(expected);
  });

  test("is a note without a previous one, and nothing for a dataset that has none", () => {
    expect(found(of, {}, { previous: { rows: undefined } })).toMatchObject([
      { id: "DATA_NO_PREVIOUS", severity: "note" },
    ]);
    expect(ids(of)).toEqual([]);
  });
});

describe("a query of the contract", () => {
  const of = contract([
    key,
    { name: 'a"b', quality: [{ type: "sql", query: "SELECT count(*) FROM {table} WHERE ${property} < 0", mustBe: 0 }] },
  ]);

  test("is asked over the table data, with the column's name quoted by doubling (F-13)", () => {
    expect(surveyRequest(expectations(of), undefined).queries).toEqual(['SELECT count(*) FROM data WHERE "a""b" < 0']);
  });

  test("passes, fails, or is refused, and the rest is still told", () => {
    const columns = ["id"];
    expect(ids(of, { answers: [{ kind: "number", value: 0 }] })).toEqual([]);
    expect(found(of, { answers: [{ kind: "number", value: 4 }] })).toMatchObject([
      { id: "DATA_CUSTOM_CHECK", severity: "error", column: 'a"b', value: 4, threshold: 0 },
    ]);
    expect(ids(of, { columns, answers: [{ kind: "refused", reason: "no such column." }] })).toEqual([
      "DATA_COLUMN_MISSING",
      "DATA_QUERY_REFUSED",
    ]);
  });
});

describe("the label", () => {
  const of = contract([
    key,
    { name: "hint" },
    { name: "cost", customProperties: [mark("knownOnlyLater", true)] },
    { name: "sick", customProperties: [mark("role", "label")] },
  ]);

  test.each([
    [0.79, []],
    [0.8, ["DATA_LABEL_GIVEN_AWAY"]],
    [null, []],
  ])("told to %s by another column gives %j", (labelTold, expected) => {
    const surveyed = [surveyedColumn("hint", { labelTold }), surveyedColumn("sick")];
    expect(ids(of, { surveyed, columns: ["id", "hint", "sick"] })).toEqual(expected);
  });

  test("told by a column that is known only later is told once", () => {
    const surveyed = [surveyedColumn("cost", { labelTold: 1 })];
    expect(ids(of, { surveyed })).toEqual(["DATA_KNOWN_ONLY_LATER"]);
  });

  test("is asked for by its role", () => {
    expect(surveyRequest(expectations(of), undefined).label).toBe("sick");
  });

  test("that equal rows contradict counts rows of features less rows of features and label", () => {
    const implementation = { check: "conflictingLabels", mustBeLessOrEqualTo: 1 };
    const rules = [{ type: "custom", engine: "tidemark", implementation }];
    const of = contract(
      [{ name: "id", unique: true }, { name: "age" }, { name: "sick", customProperties: [mark("role", "label")] }],
      rules,
    );
    const [requirement] = requirementsOf(of, { now: NOW, related: new Map() }).filter(
      ({ findingId }) => findingId === "DATA_CONFLICTING_LABELS",
    );
    expect(requirement?.parts).toEqual([
      { check: { kind: "unique", columns: ["age"] }, of: "broken" },
      { check: { kind: "unique", columns: ["age", "sick"] }, of: "minus broken" },
    ]);
  });
});

describe("personal data", () => {
  const email = {
    column: "contact",
    kind: "e-mail address",
    score: 0.9,
    matched: 9,
    checked: 10,
    named: true,
  } as const;
  const of = (custom: object[], facts = {}) =>
    contract([key, { name: "contact", customProperties: custom }], [], facts);
  const surveyed = [surveyedColumn("contact", { personal: email })];

  test("that nobody declared is a warning", () => {
    expect(found(of([]), { surveyed })).toMatchObject([
      { id: "PRIVACY_PERSONAL_DATA", severity: "warning", column: "contact" },
    ]);
  });

  test("that the contract declares is a note with its purpose and retention", () => {
    const facts = {
      description: { purpose: "To answer complaints." },
      slaProperties: [{ property: "retention", value: 3, unit: "y" }],
    };
    const [note, ...others] = found(of([mark("personalData", true)], facts), { surveyed });
    expect(others).toEqual([]);
    expect(note).toMatchObject({ id: "PRIVACY_DECLARED", severity: "note" });
    expect(note?.sentence).toContain("e-mail address; purpose: To answer complaints.; kept for 3 y.");
  });

  test("that has no purpose is a warning", () => {
    expect(found(of([mark("personalData", true)]), { surveyed })).toMatchObject([
      { id: "PRIVACY_DECLARED", severity: "warning", sentence: expect.stringContaining("states no purpose") },
    ]);
  });

  test("that is declared is withheld from the profile, found or not", () => {
    const { profile } = surveyRequest(expectations(of([mark("personalData", true)])), undefined);
    expect(profile.withheld).toEqual(["contact"]);
  });
});

describe("quasi-identifiers", () => {
  const of = (object: object = {}) =>
    contract(
      [
        key,
        { name: "zip", customProperties: [mark("role", "quasiIdentifier")] },
        { name: "illness", customProperties: [mark("role", "sensitive")] },
      ],
      [],
      { object: object as Record<string, unknown> },
    );
  const anonymity = { groups: 10, rows: 1_000, k: 4, small_groups: 1, small_rows: 4, l_distinct: 1, l_entropy: 1 };

  test("are asked for with the k of the contract, else 5", () => {
    expect(surveyRequest(expectations(of()), undefined).anonymity).toEqual({
      quasiIdentifiers: ["zip"],
      sensitive: "illness",
      smallestGroup: 5,
    });
    const strict = of({ customProperties: [mark("kAnonymity", 11)] });
    expect(surveyRequest(expectations(strict), undefined).profile).toMatchObject({ smallestGroup: 11 });
  });

  test("of a group below 5 are a warning, below the contract's k an error", () => {
    expect(found(of(), { anonymity })).toMatchObject([{ id: "PRIVACY_SMALL_GROUP", severity: "warning", value: 4 }]);
    const promised = of({ customProperties: [mark("kAnonymity", 5), mark("lDiversity", 2)] });
    expect(found(promised, { anonymity })).toMatchObject([
      { id: "PRIVACY_SMALL_GROUP", severity: "error" },
      { id: "PRIVACY_GIVEN_AWAY", severity: "error" },
    ]);
  });
});

test("rules for other tools are counted, so that nothing is left out in silence", () => {
  const of = contract([
    key,
    {
      name: "age",
      logicalTypeOptions: { multipleOf: 5 },
      quality: [{ type: "custom", engine: "soda", implementation: "x" }],
    },
  ]);
  expect(found(of)).toMatchObject([
    { id: "CONTRACT_NOT_CHECKED", severity: "note", sentence: expect.stringContaining("2 rules of the contract are") },
  ]);
});
