import { describe, expect, test } from "vitest";
import { patternTest } from "#adapters/csv/pattern";
import { yamlDocuments } from "#adapters/yaml/documents";
import { readContract, refusePatterns } from "#core/data/read-contract";

const documents = yamlDocuments();

const yaml = (properties: string, rest = "") => `apiVersion: v3.1.0
kind: DataContract
id: trips
version: 1.0.0
status: active
schema:
  - name: trips
    properties:
${properties}
${rest}`;

const read = (text: string) => readContract(text, documents, "trips.odcs.yaml");
const refused = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(CONTRACT_INVALID|DOCUMENT_MALFORMED)$/) });
    return (error as { problem: string }).problem;
  }
  return "read without complaint";
};

const COLUMNS = "      - name: id\n      - name: day\n        logicalType: date\n";

describe("a contract is refused, with the path and the line, for", () => {
  test.each<[string, string, string]>([
    [
      "a name used twice",
      "      - name: id\n      - name: id\n",
      "schema[0].properties[1].name (line 10): the name is that of properties[0] already.",
    ],
    [
      "the name __proto__ (F-21)",
      '      - name: "__proto__"\n',
      'schema[0].properties[0].name (line 9): the name "__proto__" is refused.',
    ],
    [
      "a NUL in a name (F-13)",
      '      - name: "a\\0b"\n',
      "schema[0].properties[0].name (line 9): expected a name without a NUL character.",
    ],
    [
      "a name of 201 characters (F-13)",
      `      - name: ${"x".repeat(201)}\n`,
      "schema[0].properties[0].name (line 9): Too big",
    ],
    [
      "a minimum above the maximum (F-20)",
      "      - name: id\n        logicalTypeOptions: { minimum: 5, maximum: 1 }\n",
      "schema[0].properties[0].logicalTypeOptions (line 10): expected minimum to be at most maximum.",
    ],
    [
      "equal exclusive bounds (F-20)",
      "      - name: id\n        logicalTypeOptions: { exclusiveMinimum: 1, exclusiveMaximum: 1 }\n",
      "(line 10): expected exclusiveMinimum to be below exclusiveMaximum.",
    ],
    [
      "a negative length (F-20)",
      "      - name: id\n        logicalTypeOptions: { minLength: -1 }\n",
      "schema[0].properties[0].logicalTypeOptions.minLength (line 10): expected 0 or more.",
    ],
    [
      "a number where a date belongs",
      "      - name: day\n        logicalType: date\n        logicalTypeOptions: { minimum: 5 }\n",
      "schema[0].properties[0].logicalTypeOptions.minimum (line 11): expected an ISO 8601 date in quotes.",
    ],
    ["on for true (F-20)", "      - name: id\n        required: on\n", "schema[0].properties[0].required (line 10):"],
    [
      "a role nobody knows",
      "      - name: id\n        customProperties:\n          - { property: role, value: lable }\n",
      "schema[0].properties[0].customProperties[0].value (line 11): role: expected one of label, id, quasiIdentifier, sensitive.",
    ],
    [
      "knownOnlyLater as text",
      "      - name: id\n        customProperties:\n          - { property: knownOnlyLater, value: 'yes' }\n",
      "(line 11): knownOnlyLater: expected true or false.",
    ],
    [
      "a row count of a column",
      "      - name: id\n        quality:\n          - { metric: rowCount, mustBe: 1 }\n",
      "schema[0].properties[0].quality[0] (line 11): rowCount belongs to the schema object, not to a column.",
    ],
    [
      "a statement that writes (F-15)",
      "      - name: id\n        quality:\n          - { type: sql, query: 'DROP TABLE data', mustBe: 0 }\n",
      "schema[0].properties[0].quality[0].query (line 11): expected one statement that only reads",
    ],
    [
      "a query without an operator",
      "      - name: id\n        quality:\n          - { type: sql, query: 'SELECT 1' }\n",
      "schema[0].properties[0].quality[0] (line 11): the query needs exactly one operator",
    ],
    [
      "a unit of no metric",
      "      - name: id\n        quality:\n          - { metric: nullValues, unit: metres, mustBe: 0 }\n",
      'schema[0].properties[0].quality[0].unit (line 11): expected "rows" or "percent".',
    ],
    [
      "key positions that repeat",
      "      - { name: id, primaryKey: true, primaryKeyPosition: 1 }\n      - { name: day, primaryKey: true, primaryKeyPosition: 1 }\n",
      "schema[0].properties[1].primaryKeyPosition (line 10): expected every position once.",
    ],
    [
      "a reference of no form",
      "      - name: id\n        relationships:\n          - to: customers\n",
      'schema[0].properties[0].relationships[0].to (line 11): expected "object.column"',
    ],
    [
      "a reference that says from at a column",
      "      - name: id\n        relationships:\n          - { to: customers.id, from: trips.id }\n",
      "expected no from",
    ],
  ])("%s", (_, properties, problem) => {
    expect(refused(yaml(properties))).toContain(problem);
  });

  test.each<[string, string, string]>([
    [
      "a column that duplicateValues does not know",
      "    quality:\n      - { metric: duplicateValues, arguments: { properties: [id, nope] }, mustBe: 0 }\n",
      "schema[0].quality[0] (line 14): duplicateValues needs arguments.properties: columns of this schema object.",
    ],
    [
      "nullValues of no column",
      "    quality:\n      - { metric: nullValues, mustBe: 0 }\n",
      "(line 14): nullValues belongs to a column.",
    ],
    [
      "a query on a column it does not have",
      "    quality:\n      - { type: sql, query: 'SELECT count({property}) FROM data', mustBe: 0 }\n",
      "(line 14): names {property}, which only a rule of a column has.",
    ],
    [
      "a check of ours that does not exist",
      "    quality:\n      - { type: custom, engine: tidemark, implementation: { check: rowCountChang, mustBe: 0 } }\n",
      "schema[0].quality[0].implementation.check (line 14):",
    ],
    [
      "a check of ours without an operator",
      "    quality:\n      - { type: custom, engine: tidemark, implementation: { check: rowCountChange } }\n",
      "schema[0].quality[0].implementation (line 14): needs exactly one operator",
    ],
    [
      "conflicting labels without a label",
      "    quality:\n      - { type: custom, engine: tidemark, implementation: { check: conflictingLabels, mustBe: 0 } }\n",
      "(line 14): conflictingLabels needs a column with the role label.",
    ],
    [
      "k-anonymity over no column",
      "    customProperties:\n      - { property: kAnonymity, value: 5 }\n",
      "schema[0].customProperties (line 14): kAnonymity and lDiversity need columns with the role quasiIdentifier.",
    ],
    [
      "k-anonymity of one",
      "    customProperties:\n      - { property: kAnonymity, value: 1 }\n",
      "schema[0].customProperties[0].value (line 14): kAnonymity: expected 2 or more.",
    ],
    [
      "keys of different lengths",
      "    relationships:\n      - { from: [trips.id, trips.day], to: [days.id] }\n",
      "schema[0].relationships[0] (line 14): expected as many columns in from as in to.",
    ],
    [
      "keys of somebody else",
      "    relationships:\n      - { from: other.id, to: days.id }\n",
      "schema[0].relationships[0].from (line 14): expected columns of this schema object.",
    ],
    [
      "freshness of a column that is not there",
      "slaProperties:\n  - { property: freshness, value: 1, unit: d, element: trips.nope }\n",
      "slaProperties[0].element (line 14): expected columns of the schema object, such as rows.day.",
    ],
    [
      "freshness without a unit",
      "slaProperties:\n  - { property: latency, value: 1, element: trips.day }\n",
      "slaProperties[0].unit (line 14): expected d, h, m (minutes), w or y.",
    ],
    [
      "a freshness in the future",
      "slaProperties:\n  - { property: latency, value: -1, unit: d, element: day }\n",
      "slaProperties[0].value (line 14): expected a number above 0.",
    ],
  ])("%s", (_, rest, problem) => {
    expect(refused(yaml(COLUMNS, rest))).toContain(problem);
  });

  test("a version of the standard that may mean something else", () => {
    for (const version of ["v3.2.0", "v4.0.0", "v2.2.2", "3.1.0"]) {
      expect(refused(yaml(COLUMNS).replace("v3.1.0", version))).toContain(
        "apiVersion (line 1): expected a version of the",
      );
    }
  });

  test.each([
    ["F-18 200 KB of brackets", "[".repeat(200_000), "nested deeper than 64 levels"],
    ["F-19 an alias bomb", `${yaml(COLUMNS)}a: &a [x]\nb: [*a, *a]\n`, "anchors"],
    ["F-19 two documents", `${yaml(COLUMNS)}\n---\na: 1\n`, "more than one document"],
    ["F-20 an empty file", "", "expected object"],
    [
      "F-20 a bound of .nan",
      yaml("      - name: id\n        logicalTypeOptions: { minimum: .nan }\n"),
      "not a finite number",
    ],
  ])("%s", (_, text, problem) => {
    expect(refused(text)).toContain(problem);
  });
});

describe("F-22 a pattern that no engine of ours runs is refused when the contract is read", () => {
  const withPattern = (pattern: string) =>
    yaml(`      - name: id\n        logicalTypeOptions: { pattern: '${pattern}' }\n`);
  const check = (pattern: string) => {
    const text = withPattern(pattern);
    const contract = read(text);
    const refusePattern = (one: string) => void patternTest(one);
    refusePatterns(contract, { source: "trips.odcs.yaml", locate: documents.locate(text), refusePattern });
  };

  test.each(["(?=a)b", "(a)\\1", "(?<!x)y"])("%s", (pattern) => {
    expect(() => check(pattern)).toThrow(
      expect.objectContaining({
        code: "CONTRACT_INVALID",
        problem: expect.stringContaining("schema[0].properties[0].logicalTypeOptions.pattern (line 10): The pattern"),
      }),
    );
  });

  test("and one that would take for ever elsewhere is run in linear time", () => {
    expect(() => check("^(a+)+$")).not.toThrow();
    expect(patternTest("^(a+)+$")(`${"a".repeat(50_000)}!`)).toBe(false);
  });

  test("and so is one of 10,000 characters", () => {
    expect(refused(withPattern("a".repeat(10_000)))).toContain("expected a pattern of at most 1,000 characters");
  });
});
