import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { csvOf, HOSTILE_NAMES } from "./support/csv-text.ts";
import { engines, stored } from "./support/engines.ts";

describe.each(engines)("the %s engine measures", (_, engine) => {
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

  test("F-08, F-13 columns with hostile names are checked as any other", async () => {
    const checks = HOSTILE_NAMES.flatMap((column): Check[] => [
      { kind: "type", column, type: "integer" },
      { kind: "unique", columns: [column, "a"] },
      { kind: "one-of", column, values: ["1", "'; DROP"] },
    ]);
    const row = (value: string) => [...HOSTILE_NAMES.map(() => value), "y"];
    const content = csvOf([...HOSTILE_NAMES, "a"], [row("1"), row("oops"), row("1")]);
    const { columns, results } = await measure(content, checks);
    expect(columns).toEqual([...HOSTILE_NAMES, "a"]);
    expect(results.map(({ broken }) => broken)).toEqual(checks.map(() => 1));
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
});
