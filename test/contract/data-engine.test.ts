import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import type { Check } from "#core/data/check";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import type { DataEngine, DataMeasurement } from "#core/ports/data-engine";
import { temporaryFolder } from "#test/support/temporary-folder";

const engines: readonly (readonly [name: string, engine: DataEngine])[] = [
  ["csv", csvDataEngine()],
  ["duckdb", duckDbDataEngine({ threads: 2, timeoutSeconds: 25 })],
];
const [, [, duckDb]] = engines as [unknown, readonly [string, DataEngine]];
const [[, csv]] = engines as [readonly [string, DataEngine]];

async function stored(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csvOf = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  [header, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");

describe.each(engines)("the %s engine", (_, engine) => {
  const measure = async (content: string | Uint8Array, checks: readonly Check[] = [], name?: string) =>
    engine.measure(await stored(content, name), checks);

  test("counts rows and names the stored bytes", async () => {
    const content = "id,score\n1,0.5\n2,0.25\n";
    expect(await measure(content)).toEqual({
      digest: digestOf(content),
      bytes: content.length,
      rows: 2,
      columns: ["id", "score"],
      results: [],
    });
  });

  test("names the compressed bytes of a .csv.gz", async () => {
    const bytes = gzipSync("id\n1\n2\n");
    expect(await measure(bytes, [], "data.csv.gz")).toMatchObject({ digest: digestOf(bytes), rows: 2 });
  });

  test("F-02 accepts a byte order mark, mixed line ends and a last line without an end", async () => {
    const check: Check = { kind: "type", column: "id", type: "integer" };
    const present: Check = { kind: "type", column: "b", type: "integer" };
    expect(await measure("\uFEFFid,b\r\n1,2\n3,4\r\n5,6\n7,8", [check, present])).toMatchObject({
      rows: 4,
      columns: ["id", "b"],
      results: [{ broken: 0 }, { broken: 0 }],
    });
  });

  test.each([
    ["F-01 an empty file", "", "DATA_EMPTY", "is empty"],
    ["F-01 a header alone", "a,b\n", "DATA_EMPTY", "has a header and no row"],
    ["F-02 a short row", "a,b\n1,2\n3\n", "DATA_MALFORMED", "line 3: the row has 1 values and the header has 2"],
    ["F-02 a long row", "a,b\n1,2,3\n", "DATA_MALFORMED", "line 2: the row has 3 values and the header has 2"],
    ["F-02 a blank line", "a,b\n1,2\n\n3,4\n", "DATA_MALFORMED", "line 3: the row has 1 values"],
    ["F-02 an open quote", 'a,b\n1,2\n3,"4\n5,6\n', "DATA_MALFORMED", "line 3: a quote is opened and never closed"],
    ["F-02 a quote inside", 'a,b\n1,2"x\n', "DATA_MALFORMED", "line 2: a quote stands inside"],
    ["F-02 text after a quote", 'a,b\n1,"2"x\n', "DATA_MALFORMED", "line 2: text follows a closing quote"],
    ["F-02 a NUL byte", "a,b\n1,2\n\0,3\n", "DATA_MALFORMED", "line 3: a NUL byte"],
    ["F-02 Latin-1", Buffer.from("a\nok\ncaf\xe9\n", "latin1"), "DATA_MALFORMED", "line 3: the text is not UTF-8"],
    ["F-02 UTF-16", Buffer.from("\uFEFFa\n1\n", "utf16le"), "DATA_MALFORMED", "line 1"],
    ["F-02 a cut character", Buffer.from([0x61, 0x0a, 0x31, 0x0a, 0xc3]), "DATA_MALFORMED", "not UTF-8"],
    ["two columns of one name", "a,b,a\n1,2,3\n", "DATA_MALFORMED", 'line 1: two columns are named "a"'],
    ["a column without a name", "a,\n1,2\n", "DATA_MALFORMED", "column 2 has no name"],
    ["F-07 a 10 MB cell", `a\n${"x".repeat(10_000_000)}\n`, "DATA_MALFORMED", "line 2: a value is longer than 1 MiB"],
  ])("refuses %s", async (_name, content, code, message) => {
    const check: Check = { kind: "type", column: "a", type: "integer" };
    await expect(measure(content, [check])).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("F-02 refuses a cut and a prolonged gzip stream", async () => {
    const bytes = gzipSync(`a\n${"1\n".repeat(50_000)}`);
    await expect(measure(bytes.subarray(0, -20), [], "a.csv.gz")).rejects.toMatchObject({ code: "DATA_MALFORMED" });
    await expect(measure(Buffer.concat([bytes, Buffer.from("junk")]), [], "a.csv.gz")).rejects.toThrow("gzip");
  });

  test("says that a file does not exist, or is a folder", async () => {
    await expect(engine.measure("no/such.csv", [])).rejects.toMatchObject({ code: "DATA_MISSING" });
    await expect(engine.measure(await temporaryFolder(), [])).rejects.toMatchObject({ code: "DATA_MALFORMED" });
  });

  test("F-03 finds a bad value only in the last of many rows, in a column no other check reads", async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index},1`).join("\n");
    const { results } = await measure(`id,b\n${rows}\n60000,oops\n`, [{ kind: "type", column: "b", type: "integer" }]);
    expect(results).toEqual([{ broken: 1, checked: 60_001, firstLine: 60_002 }]);
  });

  test("tells lines right after values with line breaks in them", async () => {
    const { results } = await measure('a,b\n"one\ntwo\nthree",1\n"x\r\ny",oops\n', [
      { kind: "type", column: "b", type: "integer" },
      { kind: "present", column: "c" },
      { kind: "one-of", column: "a", values: ["one\ntwo\nthree", "x\r\ny"] },
    ]);
    expect(results.map(({ firstLine }) => firstLine)).toEqual([5, 2, undefined]);
  });

  test("F-05 numbers are exact or refused", async () => {
    const values = ["9007199254740993", "9223372036854775809", "1e999", "NaN", "Infinity", "-0", "1,5", " 1", "1_000"];
    const content = csvOf(
      ["a", "b"],
      values.map((value) => [value, "x"]),
    );
    const { results } = await measure(content, [
      { kind: "type", column: "a", type: "integer" },
      { kind: "type", column: "a", type: "number" },
      { kind: "between", column: "a", max: 9007199254740992 },
      { kind: "between", column: "a", min: 2 ** 63 },
    ]);
    expect(results.map(({ broken, firstLine }) => [broken, firstLine])).toEqual([
      [6, 4],
      [6, 4],
      [8, 2],
      [8, 2],
    ]);
  });

  test("F-07 reads 5,000 columns, each with two checks", async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `c${index}`);
    const content = `${names.join(",")}\n${names.map(() => "1").join(",")}\n${names.map(() => "").join(",")}\n`;
    const checks = names.flatMap((column): Check[] => [
      { kind: "type", column, type: "integer" },
      { kind: "present", column },
    ]);
    const { results } = await measure(content, checks);
    expect(results.filter(({ broken }) => broken === 1)).toHaveLength(5_000);
  });

  test("F-07 counts 100,000 levels", async () => {
    const rows = Array.from({ length: 100_001 }, (_, index) => `${index % 100_000}`);
    const { results } = await measure(`a\n${rows.join("\n")}\n`, [{ kind: "unique", columns: ["a"] }]);
    expect(results).toEqual([{ broken: 1, checked: 100_001, firstLine: 100_002 }]);
  });

  test.each([
    'a"b',
    "a\"; COPY (SELECT 1) TO 'owned.csv'; --",
    "a' OR 1=1 --",
    "a/*",
    "*/ DROP TABLE x; /*",
    "a`b",
    "row_no",
    "v0",
    "A",
    "\u202Eabc",
    "ａ",
    "x".repeat(10_000),
    "x\ny",
  ])("F-08, F-13 a column named %.40s is checked as any other", async (name) => {
    const checks: Check[] = [
      { kind: "type", column: name, type: "integer" },
      { kind: "unique", columns: [name, "a"] },
      { kind: "one-of", column: name, values: ["1", "'; DROP"] },
    ];
    const content = csvOf(
      [name, "a"],
      [
        ["1", "y"],
        ["oops", "y"],
        ["1", "y"],
      ],
    );
    const { results } = await measure(content, checks);
    expect(results.map(({ broken }) => broken)).toEqual([1, 1, 1]);
  });

  test("a name that looks like a pattern is the file itself", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "a1.csv"), "a\nother\n");
    await writeFile(join(folder, "a[1]*?.csv"), "a\n1\n2\n");
    expect(await engine.measure(join(folder, "a[1]*?.csv"), [])).toMatchObject({ rows: 2 });
    await symlink(join(folder, "a1.csv"), join(folder, "link.csv"));
    expect(await engine.measure(join(folder, "link.csv"), [])).toMatchObject({ rows: 1 });
  });

  test("F-22 a pattern runs in linear time and finds anywhere unless it is anchored", async () => {
    const content = csvOf(
      ["a", "b"],
      [
        ["xAB12", "1"],
        ["AB12", "1"],
        [`${"a".repeat(30_000)}!`, "1"],
        ["AB\n12", "1"],
      ],
    );
    const { results } = await measure(content, [
      { kind: "pattern", column: "a", pattern: "^[A-Z]{2}\\d+$" },
      { kind: "pattern", column: "a", pattern: "^(a+)+$" },
      { kind: "pattern", column: "a", pattern: "B.12" },
      { kind: "pattern", column: "a", pattern: "(?i)ab" },
    ]);
    expect(results.map(({ broken }) => broken)).toEqual([3, 4, 4, 1]);
  });

  test.each(["(?=x)a", "(a)\\1", "[", "(a{1000}){1000}", "a".repeat(1_001)])(
    "F-22 refuses the pattern %.20s",
    async (pattern) => {
      await expect(measure("a\nx\n", [{ kind: "pattern", column: "a", pattern }])).rejects.toMatchObject({
        code: "CHECK_REFUSED",
      });
    },
  );

  test("missing values, composite keys, characters and blank lines of a single column", async () => {
    const content = 'a,b\n"1,",2\n1,",2"\n,""\n"",x\n"1,",2\n😀😀,é\n';
    const { results } = await measure(content, [
      { kind: "present", column: "a" },
      { kind: "unique", columns: ["a", "b"] },
      { kind: "unique", columns: ["a"] },
      { kind: "length", column: "a", min: 2, max: 2 },
    ]);
    expect(results).toEqual([
      { broken: 2, checked: 6, firstLine: 4 },
      { broken: 1, checked: 6, firstLine: 6 },
      { broken: 1, checked: 6, firstLine: 6 },
      { broken: 1, checked: 4, firstLine: 3 },
    ]);
    expect((await measure("a\n1\n\n2\n", [{ kind: "present", column: "a" }])).results).toEqual([
      { broken: 1, checked: 3, firstLine: 3 },
    ]);
  });

  test.each([
    ["a missing column", "id,churned,scores,plan\na,yes,1,x\n", 'there is no column "score". The file has the columns'],
    ["an id that occurs twice", "id,churned,score,plan\na,yes,1,x\na,no,1,x\n", 'line 3: the id "a" occurs twice'],
    ["a third class", "id,churned,score,plan\na,no,1,x\nb,maybe,1,x\n", 'the churned "maybe" is a third class beside'],
    ["a missing label", "id,churned,score,plan\na,,1,x\n", "the churned is missing"],
    [
      "a score above one",
      "id,churned,score,plan\na,yes,1.5,x\n",
      'line 2: the score "1.5" is not a number from 0 to 1',
    ],
    ["a score that is no number", "id,churned,score,plan\na,yes,NaN,x\n", 'the score "NaN"'],
  ])("refuses predictions with %s", async (_name, content, message) => {
    const columns = { id: "id", label: "churned", score: "score", positive: "yes", slices: ["plan"] };
    await expect(engine.predictions(await stored(content), columns)).rejects.toMatchObject({
      code: "PREDICTIONS_MALFORMED",
      message: expect.stringContaining(message),
    });
  });
});

describe("both engines give the same", () => {
  const odd = [
    "",
    "1",
    "01",
    "-7",
    "+3",
    "1.5",
    "1.",
    ".5",
    "1e3",
    "1e999",
    "1e-400",
    "-0",
    "NaN",
    "inf",
    " 1",
    "1 ",
    "+-1",
    "1_0",
    "0x1",
    "1d",
    "12345678901234567890123",
    "9007199254740993",
    "2024-02-29",
    "2023-02-29",
    "0000-01-01",
    "2024-01-01T10:00",
    "2024-01-01 10:00Z",
    "2024-01-01T10:00:00.1239+0530",
    "2024-12-31T23:59:59-23:59",
    "2024-01-01T24:00",
    "true",
    "FALSE",
    "yes",
    "x\ny",
    "x\r\n",
    "é",
    "😀",
    "'",
    '"',
    "\\",
    "ſ",
    "١",
  ];
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...odd) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."0123456789.+-eE_ xTZ:") }) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !text.includes("\0")) },
  );
  const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 });
  const bounds = fc.constantFrom<{ min?: number; max?: number }>(
    { min: 0 },
    { max: 1.5 },
    { min: -7, max: 1000 },
    { min: 9007199254740992 },
    { max: 9007199254740992 },
    { min: 1e30 },
    { max: -1e300 },
  );
  const check = (column: string): fc.Arbitrary<Check> =>
    fc.oneof(
      fc.constantFrom<Check>(
        { kind: "type", column, type: "integer" },
        { kind: "type", column, type: "number" },
        { kind: "type", column, type: "date" },
        { kind: "type", column, type: "boolean" },
        { kind: "present", column },
        { kind: "unique", columns: [column] },
        { kind: "unique", columns: ["a", "b"] },
        { kind: "date-between", column, min: "2024-01-01", max: "2024-12-31" },
        { kind: "date-between", column, min: "2024-01-01T04:30:00.123Z" },
        { kind: "length", column, min: 2, max: 3 },
        { kind: "pattern", column, pattern: "^[0-9.]+$" },
        { kind: "pattern", column, pattern: "x.y|\\p{L}$" },
        { kind: "present", column: "gone" },
      ),
      bounds.map((range): Check => ({ kind: "between", column, ...range })),
      fc.array(cell, { maxLength: 4 }).map((values): Check => ({ kind: "one-of", column, values })),
    );
  const checks = fc.array(fc.oneof(check("a"), check("b")), { minLength: 1, maxLength: 12 });

  test("verdicts, counts and lines of random tables", async () => {
    await fc.assert(
      fc.asyncProperty(table, checks, async (rows, asked) => {
        const path = await stored(csvOf(["a", "b"], rows));
        expect(await duckDb.measure(path, asked)).toEqual(await csv.measure(path, asked));
      }),
      { numRuns: Number(process.env["TIDEMARK_RUNS"] ?? 40) },
    );
  }, 120_000);

  test("answer or refusal for random bytes", async () => {
    const outcome = async (engine: DataEngine, path: string): Promise<DataMeasurement | string> =>
      engine.measure(path, [{ kind: "present", column: "a" }]).catch((error: unknown) => {
        if (error instanceof UserError) return `${error.code} ${error.problem}`;
        throw error;
      });
    const bytes = fc.string({ unit: fc.constantFrom(...'a1,,\n\n"" é'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bytes, async (text) => {
        const path = await stored(`a,b\n${text}`);
        expect(await outcome(duckDb, path)).toEqual(await outcome(csv, path));
      }),
      { numRuns: Number(process.env["TIDEMARK_RUNS"] ?? 40) },
    );
  }, 120_000);

  test("predictions, also from .gz and .zst", async () => {
    const columns = { id: "id", label: "churned", score: "score", positive: "yes", slices: ["plan"] };
    const content = 'plan,score,id,churned\npro,0.75,a,yes\nfree,0,"b\nc",no\n,1e-7,d,no\n';
    const expected = await csv.predictions(await stored(content), columns);
    expect(await duckDb.predictions(await stored(content), columns)).toEqual(expected);
    const { digest: _gz, ...packed } = await duckDb.predictions(await stored(gzipSync(content), "p.csv.gz"), columns);
    const { digest: _zst, ...small } = await duckDb.predictions(
      await stored(zstdCompressSync(content), "p.csv.zst"),
      columns,
    );
    const { digest: _plain, ...rows } = expected;
    expect([packed, small]).toEqual([rows, rows]);
  });
});
