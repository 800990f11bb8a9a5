import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import type { Check } from "#core/data/check";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";

const engine = csvDataEngine();

async function file(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

const measure = async (content: string | Uint8Array, checks: readonly Check[] = [], name?: string) =>
  engine.measure(await file(content, name), checks);

async function resultOf(values: readonly string[], check: Check) {
  const { results } = await measure(`a,b\n${values.map((value) => `${value},x\n`).join("")}`, [check]);
  return results[0];
}

describe("reading a file", () => {
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
    expect(await measure(bytes, [], "data.csv.gz")).toMatchObject({
      digest: digestOf(bytes),
      bytes: bytes.length,
      rows: 2,
    });
  });

  test("accepts a byte order mark, mixed line ends and a last line without an end", async () => {
    expect(await measure("\uFEFFid,b\r\n1,2\n3,4")).toMatchObject({ rows: 2, columns: ["id", "b"] });
  });

  test("reads 5,000 columns", async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `c${index}`);
    const { columns, rows } = await measure(`${names.join(",")}\n${names.map(() => "1").join(",")}\n`);
    expect([columns.length, rows]).toEqual([5_000, 1]);
  });

  test("finds a bad value in the last of 50,000 rows", async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `${index}`).join("\n");
    const { results } = await measure(`id\n${rows}\noops\n`, [{ kind: "type", column: "id", type: "integer" }]);
    expect(results[0]).toEqual({ broken: 1, checked: 50_001, firstLine: 50_002 });
  });

  test("tells lines right after a value with line breaks in it", async () => {
    const { results } = await measure('a,b\n"one\ntwo\nthree",1\nx,oops\n', [
      { kind: "type", column: "b", type: "integer" },
    ]);
    expect(results[0]?.firstLine).toBe(5);
  });

  test("gives back every value that a strict writer wrote", async () => {
    const value = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => text !== "" && !text.includes("\0"));
    const write = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 }), async (rows) => {
        const content = `id,b\n${rows.map((row) => row.map(write).join(",")).join("\n")}\n`;
        const checks: Check[] = [
          { kind: "one-of", column: "id", values: rows.map(([id]) => id) },
          { kind: "one-of", column: "b", values: rows.map(([, b]) => b) },
          { kind: "unique", columns: ["id", "b"] },
        ];
        const { results, rows: count } = await measure(content, checks);
        expect(count).toBe(rows.length);
        expect(results.map(({ broken }) => broken)).toEqual([
          0,
          0,
          rows.length - new Set(rows.map((row) => JSON.stringify(row))).size,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [
      "a row that is too short",
      "a,b\n1,2\n3\n",
      "DATA_MALFORMED",
      "data.csv line 3: the row has 1 values and the header has 2",
    ],
    ["a row that is too long", "a,b\n1,2,3\n", "DATA_MALFORMED", "line 2: the row has 3 values"],
    [
      "a quote that is never closed",
      'a,b\n1,2\n3,"4\n5,6\n',
      "DATA_MALFORMED",
      "line 3: a quote is opened and never closed",
    ],
    ["a quote inside a bare value", 'a,b\n1,2"x\n', "DATA_MALFORMED", "line 2: a quote stands inside"],
    ["text after a closing quote", 'a,b\n1,"2"x\n', "DATA_MALFORMED", "line 2: text follows a closing quote"],
    ["a NUL byte", "a,b\n1,2\n\0,3\n", "DATA_MALFORMED", "line 3: a NUL byte"],
    ["two columns of one name", "a,b,a\n1,2,3\n", "DATA_MALFORMED", 'line 1: two columns are named "a"'],
    ["a column without a name", "a,\n1,2\n", "DATA_MALFORMED", "column 2 has no name"],
    ["an empty file", "", "DATA_EMPTY", "is empty"],
    ["a header alone", "a,b\n", "DATA_EMPTY", "has a header and no row"],
    ["a value over 1 MiB", `a\n${"x".repeat(1_100_000)}\n`, "DATA_MALFORMED", "line 2: a value is longer than 1 MiB"],
  ])("refuses %s", async (_, content, ...[code, message]) => {
    await expect(measure(content)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("refuses Latin-1 and UTF-16 with the line", async () => {
    await expect(measure(Buffer.from("a\nok\ncaf\xe9\n", "latin1"))).rejects.toThrow("line 3: the text is not UTF-8");
    await expect(measure(Buffer.from("\uFEFFa\n1\n", "utf16le"))).rejects.toThrow("line 1");
    await expect(measure(Buffer.concat([Buffer.from("a\n1\n"), Buffer.from([0xc3])]))).rejects.toThrow("not UTF-8");
  });

  test("refuses a cut or prolonged gzip stream and one that unpacks without end", async () => {
    const bytes = gzipSync(`a\n${"1\n".repeat(50_000)}`);
    await expect(measure(bytes.subarray(0, -20), [], "a.csv.gz")).rejects.toMatchObject({ code: "DATA_MALFORMED" });
    await expect(measure(Buffer.concat([bytes, Buffer.from("junk")]), [], "a.csv.gz")).rejects.toThrow("gzip");
    const small = csvDataEngine({ maxBytes: 1_000 });
    await expect(small.measure(await file(bytes, "b.csv.gz"), [])).rejects.toThrow("more than 1000 bytes");
  });

  test("says that a file does not exist", async () => {
    await expect(engine.measure("no/such.csv", [])).rejects.toMatchObject({ code: "DATA_MISSING" });
  });
});

describe("checks", () => {
  test.each([
    ["integer", ["1", "-7", "+3", "12345678901234567890123", ""], ["1.0", "1e3", "NaN", " 1", "0x1"]],
    ["number", ["1", "-0.5", ".5", "1.", "1e-7", "-0", ""], ["1e999", "NaN", "Infinity", "1,5", "abc", "1 ", "0x1"]],
    [
      "date",
      ["2024-02-29", "2024-12-31T23:59:59Z", "2024-01-01 10:00:00.123+02:00", "2024-01-01T10:00"],
      ["2023-02-29", "2024-13-01", "2024-00-10", "31.12.2024", "2024-1-1", "2024-01-01T25:00", "20240101"],
    ],
    ["boolean", ["true", "false", "True", "FALSE"], ["yes", "1", "t"]],
  ] as const)("type %s holds for exactly its values", async (type, good, bad) => {
    const quoted = [...good, ...bad].map((value) => `"${value}"`);
    const result = await resultOf(quoted, { kind: "type", column: "a", type });
    expect(result).toEqual({
      broken: bad.length,
      checked: [...good, ...bad].filter((value) => value !== "").length,
      firstLine: good.length + 2,
    });
  });

  test("date limits include both ends and read a time without a zone as UTC", async () => {
    const check: Check = { kind: "date-between", column: "a", min: "1990-01-01", max: "2002-12-31" };
    const good = ["1990-01-01", "2002-12-31", "1990-01-01T00:00", "2002-12-31 00:00:00Z", ""];
    const bad = ["1989-12-31", "2003-01-01", "2002-12-31T00:01", "1990-01-01T00:30:00+01:00", "yesterday"];
    expect(
      await resultOf(
        [...good, ...bad].map((value) => `"${value}"`),
        check,
      ),
    ).toEqual({
      broken: bad.length,
      checked: good.length - 1 + bad.length,
      firstLine: good.length + 2,
    });
  });

  test("a missing value breaks present and nothing else", async () => {
    expect(await resultOf(["1", "", '""'], { kind: "present", column: "a" })).toEqual({
      broken: 2,
      checked: 3,
      firstLine: 3,
    });
    expect(await resultOf(["1", "", ""], { kind: "unique", columns: ["a", "b"] })).toEqual({
      broken: 0,
      checked: 3,
      firstLine: undefined,
    });
    expect(await resultOf(["", "5"], { kind: "between", column: "a", min: 1 })).toEqual({
      broken: 0,
      checked: 1,
      firstLine: undefined,
    });
  });

  test("between includes both ends and is exact beyond 2^53", async () => {
    const values = ["0", "1", "1.0001", "9007199254740992", "9007199254740993", "abc"];
    expect(await resultOf(values, { kind: "between", column: "a", min: 0, max: 1 })).toMatchObject({
      broken: 4,
      firstLine: 4,
    });
    expect(await resultOf(values, { kind: "between", column: "a", max: 9007199254740992 })).toEqual({
      broken: 2,
      checked: 6,
      firstLine: 6,
    });
  });

  test("unique compares composite keys exactly", async () => {
    const content = 'a,b\n"1,",2\n1,",2"\n1:1,x\n"1,",2\n';
    expect((await measure(content, [{ kind: "unique", columns: ["a", "b"] }])).results).toEqual([
      { broken: 1, checked: 4, firstLine: 5 },
    ]);
  });

  test("length counts characters, not UTF-16 units", async () => {
    expect(await resultOf(["😀😀", "abc"], { kind: "length", column: "a", min: 2, max: 2 })).toMatchObject({
      broken: 1,
      firstLine: 3,
    });
  });

  test("a pattern is found anywhere unless it is anchored, in linear time", async () => {
    expect(
      await resultOf(["xAB12", "AB12"], { kind: "pattern", column: "a", pattern: "^[A-Z]{2}\\d+$" }),
    ).toMatchObject({ broken: 1, firstLine: 2 });
    expect(
      await resultOf([`${"a".repeat(30_000)}!`], { kind: "pattern", column: "a", pattern: "^(a+)+$" }),
    ).toMatchObject({ broken: 1 });
  });

  test.each(["(?=x)a", "(a)\\1", "[", "(a{1000}){1000}", "a".repeat(1_001)])(
    "the pattern %.20s is refused",
    async (pattern) => {
      await expect(resultOf(["x"], { kind: "pattern", column: "a", pattern })).rejects.toMatchObject({
        code: "CHECK_REFUSED",
      });
    },
  );

  test("a check on a column that is not there is broken by every row", async () => {
    expect(await resultOf(["1", "2"], { kind: "present", column: "c" })).toEqual({
      broken: 2,
      checked: 2,
      firstLine: 2,
    });
  });
});

describe("predictions", () => {
  const columns = { id: "id", label: "churned", score: "score", positive: "yes", slices: ["plan"] };
  const read = async (content: string) => engine.predictions(await file(content), columns);

  test("are read by name into typed columns", async () => {
    const content = "plan,score,id,churned\npro,0.75,a,yes\nfree,0,b,no\n";
    const rows = await read(content);
    expect(rows.digest).toBe(digestOf(content));
    expect(rows.ids).toEqual(["a", "b"]);
    expect([...rows.labels]).toEqual([1, 0]);
    expect([...rows.scores]).toEqual([0.75, 0]);
    expect(rows.slices).toEqual(new Map([["plan", ["pro", "free"]]]));
  });

  test.each([
    [
      "a missing column",
      "id,churned,scores,plan\na,yes,1,x\n",
      'there is no column "score". The file has the columns "id", "churned", "scores", "plan". Did you mean "scores"?',
    ],
    ["an id that occurs twice", "id,churned,score,plan\na,yes,1,x\na,no,1,x\n", 'line 3: the id "a" occurs twice'],
    ["a missing id", "id,churned,score,plan\n,yes,1,x\n", "line 2: the id is missing"],
    [
      "a third class",
      "id,churned,score,plan\na,no,1,x\nb,maybe,1,x\n",
      'the churned "maybe" is a third class beside "yes" (the positive class) and "no"',
    ],
    ["a missing label", "id,churned,score,plan\na,,1,x\n", "the churned is missing"],
    ["a score above one", "id,churned,score,plan\na,yes,1.5,x\n", 'the score "1.5" is not a number from 0 to 1'],
    ["a score that is no number", "id,churned,score,plan\na,yes,NaN,x\n", 'the score "NaN"'],
  ])("refuse %s", async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: "PREDICTIONS_MALFORMED",
      message: expect.stringContaining(message),
    });
  });
});
