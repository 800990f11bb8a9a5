import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import type { ScanCheck } from "#core/data/sql/compile-checks";
import { seededRandom } from "#core/random";
import { csvFile, expectAgreement, expectSameFirstRows, parquetFile, SESSIONS } from "./both-engines.ts";
import type { Spark } from "./spark.ts";

const NUMBERS = [
  ..."1e999 -1e999 1e-400 NaN Infinity inf -0 0 1. .5 +.5e-3 1e3 1E3 1d 1f 0x1 1_000 +-1 --1 1e 1e+ 007 +7 ١ ٣.٥".split(
    " ",
  ),
  ..."9007199254740991 9007199254740992 9007199254740993 -9007199254740993 9223372036854775807".split(" "),
  ..."9223372036854775808 9223372036854775809 12345678901234567890123 1.7976931348623157e308 1.7976931348623159e308".split(
    " ",
  ),
  ...[`${"0".repeat(50)}9007199254740993`, "9".repeat(38), "9".repeat(39), `1${"0".repeat(400)}`, `-${"0".repeat(40)}`],
  ...[
    "1,5",
    " 1",
    "1 ",
    "1\n",
    "\t1",
    "1\u00a0",
    "２",
    "1e5\n",
    "",
    "x",
    "0.1",
    "0.10000000000000001",
    "4.9e-324",
    "2e-324",
  ],
];
const DATES = [
  ..."2024-02-29 2023-02-29 1900-02-29 2000-02-29 2024-04-31 2024-00-10 2024-13-01 2024-1-1 0000-01-01 0001-01-01".split(
    " ",
  ),
  ..."9999-12-31 10000-01-01 -2024-01-01 +2024-01-01 2024-01-01T 2024-01-01Z 20240101 2024/01/01 1582-10-10".split(" "),
  ..."2024-01-01T00:00 2024-01-01T00:00:00 2024-01-01T00:00:00Z 2024-01-01T00:00:00+00:00 2024-01-01T05:30+05:30".split(
    " ",
  ),
  ..."2024-01-01T00:00:00-05:00 2023-12-31T19:00-0500 2023-12-31T23:59:59.9999Z 2024-01-01T00:00:00.001".split(" "),
  ..."2024-01-01T00:00:00.0009+0000 2024-01-01T24:00 2024-01-01T23:60 2024-01-01T23:59:60 2024-01-01T1:00".split(" "),
  ..."1969-12-31T23:59:59.999Z 1970-01-01 2024-03-10T02:30:00 2024-11-03T01:30:00 2024-01-01T00:00:00.1234567890".split(
    " ",
  ),
  ...["2024-01-01 00:00Z", "2024-01-01  00:00", "2024-01-01\n", " 2024-01-01", "epoch", "now", "today", "", "infinity"],
];
const WORDS = [
  ..."true TRUE True tRuE false FALSE yes t 1 0 y truE\u0130 ＴＲＵＥ it's a\"b back\\slash \\n \\u0041 %_ a;b -- /* */ ${env:HOME}".split(
    " ",
  ),
  ...[
    "",
    " ",
    "  ",
    "a\nb",
    "a\r\nb",
    "a\n",
    "tab\t",
    "é",
    "e\u0301",
    "😀",
    "👩‍👩‍👧",
    "ß",
    "ẞ",
    "ſ",
    "K",
    "İ",
    "\u2028",
    "\u0085",
    "\ufeff",
    "\u0001",
  ],
  ...["a'", "''", "'; DROP TABLE t; --", "$", "${", "$$", "\\", "\\\\", "null", "NULL", "a b", "ａ", "𝒳𝒳", "Ǆ"],
];

const NAMES = [
  ...['a"b', "a`b", "``", "a.b", "a; DROP TABLE x; --", "a' OR 1=1 --", "/* a", "*/ b", "x\ny"],
  ...["v0", "row_no", "SELECT", "\u202Eabc", "$a"],
];

const everyCheck = (column: string): readonly ScanCheck[] => [
  { kind: "present", column },
  { kind: "unique", columns: [column] },
  ...(["string", "integer", "number", "date", "boolean"] as const).map(
    (type) => ({ kind: "type", column, type }) as const,
  ),
  ...[
    { min: 0 },
    { max: 0.1 },
    { min: -7, max: 1000 },
    { max: 9007199254740992 },
    { min: 9007199254740992 },
    { min: 2 ** 63, max: 2 ** 64 },
    { min: 1e36 },
    { max: 1e37 },
    { min: 1e38 },
    { min: -1e308, max: 1.7976931348623157e308 },
    { min: 4.9e-324 },
  ].map((bounds) => ({ kind: "between", column, ...bounds }) as const),
  { kind: "date-between", column, min: "2024-01-01", max: "2024-12-31" },
  { kind: "date-between", column, min: "2024-01-01T00:00:00.001Z" },
  { kind: "date-between", column, max: "1970-01-01" },
  { kind: "date-between", column, max: "2023-12-31T19:00:00-05:00" },
  { kind: "length", column, min: 1, max: 1 },
  { kind: "length", column, min: 2, max: 5 },
  { kind: "length", column, max: 10.5 },
  { kind: "one-of", column, values: WORDS },
  { kind: "one-of", column, values: ["1", "0", "-0", "true", "2024-01-01", "2024-01-01 00:00:00", "it's", "\0", "é"] },
  { kind: "one-of", column, values: [] },
  { kind: "pattern", column, pattern: "^[A-Z]+$" },
  { kind: "pattern", column, pattern: "\\d|'|\\\\|\\$" },
];

export function describeTables(spark: () => Spark): void {
  describe("the same rows in DuckDB and in Spark", () => {
    test.each([
      ["F-05 numbers", NUMBERS],
      ["F-05 dates and times", DATES],
      ["words", WORDS],
    ])("%s written as text", async (_name, values) => {
      const path = await csvFile(
        ["a", "b"],
        values.map((value, at) => [value, String(at % 3)]),
      );
      const checks = everyCheck("a");
      await expectAgreement(spark(), path, checks);
      const short = values.filter((value) => !value.includes("\n")).map((value) => [value, "x"]);
      await expectSameFirstRows(spark(), await csvFile(["a", "b"], short), checks);
    });

    test("composite keys and whole rows, with missing parts", async () => {
      const parts = ["", "1", "01", "1.0", "1:", "-", "a,", ",a", "é"];
      const rows = parts.flatMap((a) => parts.map((b) => [a, b, a]));
      const checks: readonly ScanCheck[] = [
        { kind: "unique", columns: ["a"] },
        { kind: "unique", columns: ["a", "b"] },
        { kind: "unique", columns: ["c", "b", "a"] },
        { kind: "unique", columns: ["a", "gone"] },
        { kind: "distinct-rows" },
        { kind: "present", column: "gone" },
      ];
      const path = await csvFile(["a", "b", "c"], [...rows, ...rows.slice(5, 40), ["1", "", ""], ["1", "", ""]]);
      const { results } = await expectAgreement(spark(), path, checks);
      await expectSameFirstRows(spark(), path, checks.slice(0, 3));
      expect(results[1]?.broken).toBeGreaterThan(20);
    });

    test("F-08, F-13 hostile column names, in Parquet", async () => {
      const named = NAMES.map(
        (name, at) => `CASE WHEN i = ${at % 3} THEN 'oops' ELSE '1' END AS "${name.replaceAll('"', '""')}"`,
      );
      const path = await parquetFile(`SELECT ${named.join(", ")}, 'y' AS same FROM range(3) r(i)`);
      const checks = NAMES.flatMap((column): readonly Check[] => [
        { kind: "type", column, type: "integer" },
        { kind: "pattern", column, pattern: "^1$" },
        { kind: "one-of", column, values: ["1", "'; DROP"] },
      ]);
      const keys = NAMES.slice(0, 4).map((column): Check => ({ kind: "unique", columns: [column, "same"] }));
      const { results } = await expectAgreement(spark(), path, [...checks, ...keys, { kind: "distinct-rows" }]);
      expect(results.map(({ broken }) => broken)).toEqual([...checks.map(() => 1), 1, 1, 1, 1, 0]);
    });

    test("random tables", async () => {
      const random = seededRandom(7);
      const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
      const alphabet = [..."0123456789.+-eE_ xTZ:'\"\\,\n$é😀\u00a0\u2028"];
      const cell = () =>
        random() < 0.6
          ? pick([...NUMBERS, ...DATES, ...WORDS])
          : Array.from({ length: Math.floor(random() * 8) }, () => pick(alphabet)).join("");
      for (let table = 0; table < 4; table += 1) {
        const header = ["a", "b", "c"];
        const rows = Array.from({ length: 100 }, () => header.map(cell));
        const checks = [...header.flatMap((column) => everyCheck(column)), ...KEYS];
        await expectAgreement(spark(), await csvFile(header, rows), checks, SESSIONS.slice(table % 2).slice(0, 1));
      }
    });
  });

  describe("values stored with a type of their own", () => {
    const MOMENTS = [
      "2024-01-01",
      "2023-12-31 23:59:59.9999",
      "1969-12-31 23:59:59.9995",
      "2024-11-03 05:30:00",
      "1900-01-01",
    ];
    const SELECT = `SELECT
      [1, 2, 9007199254740993, -5, 0, NULL, 9223372036854775807, 1][i + 1]::BIGINT AS big,
      [1, 2, 3, -5, 0, NULL, 127, 1][i + 1]::TINYINT AS tiny,
      [4000000000, 2, 3, 5, 0, NULL, 127, 1][i + 1]::UINTEGER AS unsigned,
      ['1', '-0.0', 'NaN', 'Infinity', '1e300', NULL, '0.1', '0'][i + 1]::DOUBLE AS score,
      ['1', '-0.0', 'NaN', '-Infinity', '1e30', NULL, '0.1', '0'][i + 1]::FLOAT AS small,
      ['1', '1.25', '-3.10', '0', '99999.99', NULL, '0.1', '2.5'][i + 1]::DECIMAL(9, 2) AS price,
      ['${MOMENTS.join("', '")}', NULL, '9999-12-31', '2024-01-01'][i + 1]::TIMESTAMP AS at,
      ['${MOMENTS.join("', '")}', NULL, '9999-12-31', '2024-01-01'][i + 1]::TIMESTAMP AT TIME ZONE 'UTC' AS instant,
      ['${MOMENTS.join("', '")}', NULL, '9999-12-31', '2024-01-01'][i + 1]::TIMESTAMP::DATE AS day,
      [true, false, true, NULL, true, false, true, true][i + 1] AS flag,
      ['', 'a', NULL, 'true', '1', 'é', '2024-01-01', 'a'][i + 1] AS word
      FROM range(8) r(i)`;

    test("Parquet of every type", async () => {
      const path = await parquetFile(SELECT);
      const columns = ["big", "tiny", "unsigned", "score", "small", "price", "at", "instant", "day", "flag", "word"];
      const checks = columns.flatMap((column) => everyCheck(column).filter((check) => isAsked(check)));
      await expectAgreement(spark(), path, [
        ...checks,
        { kind: "unique", columns: ["score", "flag"] },
        { kind: "distinct-rows" },
      ]);
      await expectSameFirstRows(spark(), path, checks);
    });
  });
}

const KEYS: readonly Check[] = [{ kind: "unique", columns: ["a", "b"] }, { kind: "distinct-rows" }];

/** Checks of text are refused for stored numbers and times. */
function isAsked(check: ScanCheck): boolean {
  if (!("column" in check)) return true;
  const isNumber = ["score", "small", "price"].includes(check.column);
  const isTime = ["at", "instant"].includes(check.column);
  if (check.kind === "length" || check.kind === "pattern") return !isNumber && !isTime;
  return check.kind !== "one-of" || !isTime || check.values.length === 0;
}
