import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { findTypes } from "#adapters/csv/find-types";
import { readAgain } from "#adapters/csv/read-table";
import type { Check } from "#core/data/check";
import { NO_SURVEY } from "#core/data/survey";
import { temporaryFolder } from "#test/support/temporary-folder";

// What every engine promises is in test/contract/data-engine; here is what a table of one column shows faster, and
// what only this engine has: its own limits.
const engine = csvDataEngine();

async function file(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

async function resultOf(values: readonly string[], check: Check) {
  const { results } = await engine.measure(await file(`a,b\n${values.map((value) => `${value},x\n`).join("")}`), [
    check,
  ]);
  return results[0];
}

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
      const { results, rows: count } = await engine.measure(await file(content), checks);
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
  ] as const)("F-05 type %s holds for exactly its values", async (type, good, bad) => {
    const quoted = [...good, ...bad].map((value) => `"${value}"`);
    const result = await resultOf(quoted, { kind: "type", column: "a", type });
    expect(result).toEqual({
      broken: bad.length,
      checked: [...good, ...bad].filter((value) => value !== "").length,
      firstLine: good.length + 2,
    });
  });

  test("F-05 date limits include both ends and read a time without a zone as UTC", async () => {
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

  test("F-05 between includes both ends and is exact beyond 2^53", async () => {
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
});

describe("its own limits", () => {
  test("a gzip stream that unpacks without end is stopped", async () => {
    const bytes = gzipSync(`a\n${"1\n".repeat(50_000)}`);
    const small = csvDataEngine({ maxBytes: 1_000 });
    await expect(small.measure(await file(bytes, "b.csv.gz"), [])).rejects.toThrow("more than 1000 bytes");
  });

  test("a survey of more text than memory should hold is left to DuckDB", async () => {
    const path = await file(`a\n${"1\n".repeat(5_000)}`);
    await expect(csvDataEngine({ maxBytes: 1_000 }).survey(path, NO_SURVEY)).rejects.toMatchObject({
      code: "ENGINE_LACKS",
      message: expect.stringContaining("DuckDB"),
    });
  });

  test("statements are left to DuckDB, one answer each", async () => {
    const { answers } = await engine.survey(await file("a\n1\n"), { ...NO_SURVEY, queries: ["SELECT 1", "SELECT 2"] });
    const refused = { kind: "refused", reason: "custom SQL needs the DuckDB engine" };
    expect(answers).toEqual([refused, refused]);
  });

  test("F-09 a file that is another one at the second reading is refused", async () => {
    const path = await file("a\n1\n");
    const before = await findTypes({ path, maxBytes: 1_000 });
    await expect(readAgain({ path, maxBytes: 1_000 }, before, [])).resolves.toBeUndefined();
    await writeFile(path, "a\n2\n");
    await expect(readAgain({ path, maxBytes: 1_000 }, before, [])).rejects.toMatchObject({
      code: "DATA_MALFORMED",
      problem: `${path}: the file changed while it was being read.`,
    });
  });
});
