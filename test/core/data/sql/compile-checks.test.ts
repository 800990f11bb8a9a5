import { describe, expect, test } from "vitest";
import { compileChecks, type ScanCheck } from "#core/data/sql/compile-checks";
import { compileFirstRows } from "#core/data/sql/compile-first-rows";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation } from "#core/data/sql/relation";
import { sparkDialect } from "#core/data/sql/spark-dialect";

const relation: Relation = {
  from: "rides",
  columns: [
    { name: "id", storedName: "id", stored: "integer" },
    { name: 'a"b`c', storedName: 'a"b`c', stored: "text" },
    { name: "score", storedName: "score", stored: "number" },
    { name: "at", storedName: "at", stored: "timestamp" },
  ],
  rowNumber: "row_number() OVER ()",
};
const checks: readonly ScanCheck[] = [
  { kind: "unique", columns: ["id", 'a"b`c'] },
  { kind: "present", column: 'a"b`c' },
  { kind: "between", column: "id", min: 0.5, max: 9007199254740992 },
  { kind: "between", column: 'a"b`c', min: 0, max: 2 ** 60 },
  { kind: "one-of", column: 'a"b`c', values: ["it's", "back\\slash", "nul\0"] },
  { kind: "one-of", column: "score", values: ["1", "x"] },
  { kind: "pattern", column: 'a"b`c', pattern: "^\\d+'$" },
  { kind: "date-between", column: 'a"b`c', min: "2024-01-01" },
  { kind: "date-between", column: "at", max: "2024-01-01" },
  { kind: "type", column: "score", type: "integer" },
  { kind: "type", column: "score", type: "date" },
  { kind: "length", column: "id", min: 1, max: 3 },
  { kind: "present", column: "gone" },
];
const readable = (sql: string) => `${sql.replaceAll(/ (FROM|AS ok\d+,|count\(\*\))/g, "\n$1")}\n`;

describe.each([
  ["duckdb", duckDbDialect],
  ["spark", sparkDialect],
])("the statement for %s", (name, dialect) => {
  test("counts all checks in one scan", async () => {
    const { sql } = compileChecks(checks, relation, dialect);
    await expect(readable(sql)).toMatchFileSnapshot(`golden/${name}-counts.sql`);
  });

  test("finds first rows", async () => {
    const { sql } = compileFirstRows(checks.slice(0, 2), relation, dialect);
    await expect(readable(sql)).toMatchFileSnapshot(`golden/${name}-first-rows.sql`);
  });

  test.each(["", "a\0b", "x".repeat(1_001)])("F-13 no identifier is made of %.10j", (column) => {
    expect(() => dialect.identifier(column)).toThrow(expect.objectContaining({ code: "COLUMN_REFUSED" }));
  });
});

test("a check of a column that is not there is broken by every row", () => {
  const { read } = compileChecks([{ kind: "present", column: "gone" }], relation, duckDbDialect);
  expect(read([7, 7])).toEqual({ rows: 7, results: [{ broken: 7, checked: 7 }] });
});

test("reads one row of numbers: rows, values per column, then broken rows per check", () => {
  const some: ScanCheck[] = [
    { kind: "type", column: "score", type: "number" },
    { kind: "unique", columns: ["id"] },
    { kind: "between", column: "score", min: 0 },
  ];
  expect(compileChecks(some, relation, duckDbDialect).read([10, 8, 10, 1, 2, 3])).toEqual({
    rows: 10,
    results: [
      { broken: 1, checked: 8 },
      { broken: 2, checked: 10 },
      { broken: 3, checked: 8 },
    ],
  });
});
