import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import { readContract } from "#core/data/read-contract";
import { checksOf, requirementsOf, rowCountLimits } from "#core/data/requirements-of";
import { contract, contractText, NOW } from "#test/support/builders/contract";

const alone = { now: NOW, related: new Map() };
const checks = (property: Record<string, unknown>) =>
  checksOf(requirementsOf(contract([{ name: "age", ...property }]), alone)).filter(
    ({ kind }) => kind !== "distinct-rows",
  );
const read = (property: Record<string, unknown>, quality: Record<string, unknown>[] = []) =>
  readContract(JSON.stringify(contractText([{ name: "age", ...property }], quality)), yamlDocuments(), "c.json");

describe("a column asks for", () => {
  const type = { kind: "type", column: "age", type: "string" };

  test.each([
    [{}, []],
    [{ required: true }, [{ kind: "present", column: "age" }]],
    [{ unique: true }, [{ kind: "unique", columns: ["age"] }]],
    [
      { primaryKey: true },
      [
        { kind: "present", column: "age" },
        { kind: "unique", columns: ["age"] },
      ],
    ],
    [
      { primaryKey: true, unique: true, required: true },
      [
        { kind: "present", column: "age" },
        { kind: "unique", columns: ["age"] },
      ],
    ],
    [{ logicalTypeOptions: { exclusiveMinimum: 0 } }, [{ kind: "between", column: "age", min: Number.MIN_VALUE }]],
    [{ logicalTypeOptions: { minimum: 0 } }, [{ kind: "between", column: "age", min: 0 }]],
    [{ logicalTypeOptions: { minimum: 0, maximum: 9 } }, [{ kind: "between", column: "age", min: 0, max: 9 }]],
    [{ logicalTypeOptions: { maxLength: 3 } }, [{ kind: "length", column: "age", max: 3 }]],
    [{ logicalTypeOptions: { pattern: "^a" } }, [{ kind: "pattern", column: "age", pattern: "^a" }]],
    [{ quality: [{ metric: "nullValues", mustBe: 0 }] }, [{ kind: "present", column: "age" }]],
    [{ quality: [{ metric: "missingValues", mustBe: 0 }] }, [{ kind: "present", column: "age" }]],
    [{ quality: [{ metric: "duplicateValues", mustBe: 0 }] }, [{ kind: "unique", columns: ["age"] }]],
    [
      { quality: [{ metric: "invalidValues", mustBe: 0, arguments: { validValues: ["a", 1, true] } }] },
      [{ kind: "one-of", column: "age", values: ["a", "1", "true"] }],
    ],
    [
      { quality: [{ metric: "invalidValues", mustBe: 0, arguments: { pattern: "x" } }] },
      [{ kind: "pattern", column: "age", pattern: "x" }],
    ],
    [
      {
        quality: [{ metric: "missingValues", mustBe: 0, arguments: { missingValues: [null, "", "N/A", -1] } }],
      },
      [
        { kind: "present", column: "age" },
        { kind: "one-of", column: "age", values: ["N/A", "-1"] },
      ],
    ],
    [{ quality: [{ type: "sql", query: "SELECT 1", mustBe: 1 }] }, []],
    [{ quality: [{ type: "text", description: "The age is that of the person." }] }, []],
    [{ quality: [{ type: "custom", engine: "soda", implementation: "anything" }] }, []],
  ])("%j", (property, expected) => {
    expect(checks(property)).toEqual([type, ...expected]);
  });

  test("a timestamp as a date", () => {
    expect(checks({ logicalType: "timestamp" })).toEqual([{ kind: "type", column: "age", type: "date" }]);
  });
});

test("the keys of a contract are unique together, not each for itself", () => {
  const of = contract([
    { name: "id", primaryKey: true, primaryKeyPosition: 2 },
    { name: "day", primaryKey: true, primaryKeyPosition: 1 },
    { name: "age" },
  ]);
  const unique = checksOf(requirementsOf(of, alone)).filter(({ kind }) => kind === "unique");
  expect(unique).toEqual([{ kind: "unique", columns: ["day", "id"] }]);
});

test("a quality entry carries its limit, unit and severity", () => {
  const [, requirement] = requirementsOf(
    contract([
      { name: "age", quality: [{ metric: "nullValues", unit: "percent", mustBeLessThan: 5, severity: "warning" }] },
    ]),
    alone,
  );
  expect(requirement).toMatchObject({ unit: "percent", severity: "warning", limit: { threshold: 5 } });
});

test("a row count is a limit of the file", () => {
  const [limit] = rowCountLimits(contract([{ name: "age" }], [{ metric: "rowCount", mustBeGreaterThan: 100 }]));
  expect([limit?.limit.holds(100), limit?.limit.holds(101)]).toEqual([false, true]);
});

describe("a contract is refused for", () => {
  test.each([
    ["no operator", { quality: [{ metric: "nullValues" }] }, "exactly one operator"],
    ["two operators", { quality: [{ metric: "nullValues", mustBe: 0, mustBeLessThan: 2 }] }, "exactly one operator"],
    ["values that are said nowhere", { quality: [{ metric: "invalidValues", mustBe: 0 }] }, "validValues nor pattern"],
    ["a range upside down", { quality: [{ metric: "nullValues", mustBeBetween: [5, 1] }] }, "expected [low, high]"],
    ["an unknown metric", { quality: [{ metric: "nullValue", mustBe: 0 }] }, 'Did you mean "nullValues"?'],
    ["an unknown type", { logicalType: "int" }, "logicalType"],
    ["a negative length", { logicalTypeOptions: { minLength: -1 } }, "minLength"],
  ])("%s", (_, property, problem) => {
    expect(() => read(property)).toThrow(problem);
    expect(() => read(property)).toThrow(expect.objectContaining({ code: "CONTRACT_INVALID" }));
  });

  test("a row count without an operator", () => {
    expect(() => read({}, [{ metric: "rowCount" }])).toThrow("exactly one operator");
  });

  test.each([
    { minimum: 10, maximum: 1 },
    { minLength: 10, maxLength: 1 },
  ])("%j (F-20)", (logicalTypeOptions) => {
    expect(() => read({ logicalTypeOptions })).toThrow(expect.objectContaining({ code: "CONTRACT_INVALID" }));
  });

  test("a date's limit that is no date", () => {
    expect(() => read({ logicalType: "date", logicalTypeOptions: { minimum: "yesterday" } })).toThrow("ISO 8601 date");
  });
});

test("a date's limits become a check of their own", () => {
  const written = { logicalType: "date", logicalTypeOptions: { minimum: "1990-01-01", maximum: "2002-12-31" } };
  const asked = checksOf(requirementsOf(read(written), alone));
  expect(asked).toContainEqual({ kind: "date-between", column: "age", min: "1990-01-01", max: "2002-12-31" });
});

test("keys of other tools are left alone", () => {
  expect(read({ businessName: "Age", tags: ["x"] }).schema[0]?.properties[0]?.name).toBe("age");
});
