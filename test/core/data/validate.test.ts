import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contract } from "#core/data/contract";
import { Finding } from "#core/data/finding";
import { validate } from "#core/data/validate";
import { contract, expectations, survey } from "#test/support/builders/contract";

const found = (of: Contract, facts: Parameters<typeof survey>[1] = {}) => {
  const expected = expectations(of);
  return validate(expected, survey(expected, facts)).map(({ finding }) => finding);
};

const later = (role?: string) => ({
  name: "cost",
  customProperties: [
    { property: "knownOnlyLater", value: true },
    ...(role === undefined ? [] : [{ property: "role", value: role }]),
  ],
});

describe("validating", () => {
  const of = contract([
    { name: "id", required: true, unique: true },
    { name: "age", logicalType: "integer" },
  ]);

  test("finds nothing in data that keeps its contract", () => {
    expect(found(of)).toEqual([]);
  });

  test("finds nothing new when the columns stand in another order", () => {
    expect(found(of, { columns: ["age", "id"] })).toEqual([]);
  });

  test.each([
    ["id", "error"],
    ["age", "warning"],
  ])("tells that column %s is missing as an %s", (name, severity) => {
    const columns = ["id", "age"].filter((column) => column !== name);
    expect(found(of, { columns })).toMatchObject([{ id: "DATA_COLUMN_MISSING", severity, column: name, line: 1 }]);
  });

  test("does not check the values of a column that is not there", () => {
    const broken = found(of, { columns: ["age"], broken: { present: { broken: 1_000 } } });
    expect(broken.map(({ id }) => id)).toEqual(["DATA_COLUMN_MISSING"]);
  });

  test("tells of a column the contract does not know", () => {
    const more = found(of, { columns: ["id", "age", "shoe_size"] });
    expect(more).toMatchObject([{ id: "DATA_COLUMN_UNKNOWN", severity: "warning", column: "shoe_size" }]);
  });

  test("counts broken rows, and names the first line to look at", () => {
    const broken = found(of, { broken: { present: { broken: 12, checked: 1_000, firstLine: 17 } } });
    expect(broken).toMatchObject([
      {
        id: "DATA_MISSING_VALUES",
        severity: "error",
        sentence: 'Column "id": 12 of 1000 (1.2 %) values are missing; none allowed.',
        nextStep: "Look at line 17 of the file first.",
        value: 12,
        threshold: 0,
        line: 17,
      },
    ]);
  });

  test("finds the one row in a thousand that is broken", () => {
    expect(found(of, { broken: { present: { broken: 1 } } })).toHaveLength(1);
  });
});

describe("a column that is known only later", () => {
  test("is an error in the data and no loss when it is missing", () => {
    const of = contract([{ name: "age" }, later()]);
    expect(found(of)).toMatchObject([{ id: "DATA_KNOWN_ONLY_LATER", severity: "error", column: "cost" }]);
    expect(found(of, { columns: ["age"] })).toEqual([]);
  });

  test("belongs in the data when it is the label", () => {
    const of = contract([{ name: "age" }, later("label")]);
    expect(found(of)).toEqual([]);
  });
});

describe("a limit in percent", () => {
  const of = contract([{ name: "age", quality: [{ metric: "nullValues", unit: "percent", mustBeLessOrEqualTo: 5 }] }]);

  test.each([
    [50, 1_000, 0],
    [51, 1_000, 1],
    [5, 100, 0],
    [6, 100, 1],
  ])("with %d of %d rows gives %d findings", (broken, checked, expected) => {
    expect(found(of, { broken: { present: { broken, checked } } })).toHaveLength(expected);
  });

  test("says so", () => {
    const [one] = found(of, { broken: { present: { broken: 60, checked: 1_000 } } });
    expect(one).toMatchObject({ statistic: "percent of rows", value: 6, threshold: 5 });
    expect(one?.sentence).toBe('Column "age": 60 of 1000 (6.0 %) values are missing; must be at most 5 percent.');
  });

  test("of no row at all is zero", () => {
    expect(found(of, { broken: { present: { broken: 0, checked: 0 } } })).toEqual([]);
  });
});

test.each([
  [99, 1],
  [100, 0],
])("a file of %d rows breaks a row count of at least 100 %d times", (rows, expected) => {
  const of = contract([{ name: "age" }], [{ metric: "rowCount", mustBeGreaterOrEqualTo: 100 }]);
  const told = found(of, { rows });
  expect(told).toHaveLength(expected);
  expect(told.every(({ id, value }) => id === "DATA_ROW_COUNT" && value === rows)).toBe(true);
});

test("every finding parses, whatever the columns are called (F-07, F-08)", () => {
  const name = fc
    .string({ minLength: 1, maxLength: 200, unit: "binary" })
    .filter((text) => text.length <= 200 && !text.includes("\0") && text !== "__proto__");
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      fc.string({ maxLength: 5_000 }),
      (names, other) => {
        const of = contract(names.map((one) => ({ name: one, required: true, primaryKey: true })));
        const told = found(of, { columns: [...names, other], broken: { unique: { broken: 3 } } });
        expect(told.length).toBeGreaterThan(0);
        expect(() => told.map((one) => Finding.parse(one))).not.toThrow();
      },
    ),
  );
});
