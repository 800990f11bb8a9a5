import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import type { Check } from "#core/data/check";
import { NO_SURVEY } from "#core/data/survey";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { parquet, stored } from "./support/files.ts";

const engine = duckDbDataEngine({ threads: 2 });

describe("Parquet", () => {
  const SELECT = `SELECT i AS id, CASE WHEN i = 3 THEN 'NaN'::DOUBLE WHEN i = 4 THEN NULL ELSE i / 2.0::DOUBLE END AS score,
    CASE WHEN i = 5 THEN '' ELSE 'w' || (i % 2) END AS "wo""rd", DATE '2024-01-01' + i::INTEGER AS day,
    i % 2 = 0 AS even, (i * 1.25)::DECIMAL(9, 2) AS price, [i] AS list FROM range(10) r(i)`;

  test("is checked by its stored types, and its digest names the bytes", async () => {
    const path = await parquet(SELECT);
    const checks: readonly Check[] = [
      { kind: "type", column: "score", type: "number" },
      { kind: "present", column: "score" },
      { kind: "type", column: "score", type: "integer" },
      { kind: "present", column: 'wo"rd' },
      { kind: "type", column: "id", type: "number" },
      { kind: "type", column: "id", type: "date" },
      { kind: "date-between", column: "day", max: "2024-01-05" },
      { kind: "type", column: "even", type: "boolean" },
      { kind: "between", column: "price", max: 2.5 },
      { kind: "one-of", column: "score", values: ["0", "0.5", "1"] },
      { kind: "length", column: "list", max: 3 },
      { kind: "unique", columns: ["even", 'wo"rd'] },
    ];
    const measured = await engine.measure(path, checks);
    expect(measured).toMatchObject({ rows: 10, digest: digestOf(await readFile(path)) });
    expect(measured.results.map(({ broken, checked, firstLine }) => [broken, checked, firstLine])).toEqual([
      [1, 9, 5],
      [1, 10, 6],
      [5, 9, 3],
      [1, 10, 7],
      [0, 10, undefined],
      [10, 10, 2],
      [5, 10, 7],
      [0, 10, undefined],
      [7, 10, 5],
      [6, 9, 5],
      [0, 10, undefined],
      [7, 10, 4],
    ]);
  });

  test("F-01 without a row is empty; cut or other bytes are damaged", async () => {
    const path = await parquet(SELECT);
    const bytes = await readFile(path);
    await expect(engine.measure(await parquet("SELECT 1 AS a WHERE false"), [])).rejects.toMatchObject({
      code: "DATA_EMPTY",
    });
    await expect(engine.measure(await stored(bytes.subarray(0, -9), "cut.parquet"), [])).rejects.toMatchObject({
      code: "DATA_MALFORMED",
    });
    await expect(engine.measure(await stored("a,b\n1,2\n", "text.parquet"), [])).rejects.toMatchObject({
      code: "DATA_MALFORMED",
    });
  });

  test("is surveyed column by column: numbers by their stored type, all else as words", async () => {
    const columns = ["score", 'wo"rd', "even"];
    const survey = await engine.survey(await parquet(SELECT), { ...NO_SURVEY, columns, profile: { smallestGroup: 1 } });
    expect(survey.columns.map(({ profile }) => profile)).toEqual([
      expect.objectContaining({
        kind: "numeric",
        name: "score",
        count: 8,
        missing: 2,
        summary: expect.objectContaining({ min: 0, max: 4.5, sample: [0, 0.5, 1, 2.5, 3, 3.5, 4, 4.5] }),
      }),
      expect.objectContaining({
        name: 'wo"rd',
        missing: 1,
        top: [
          { value: "w0", rows: 5 },
          { value: "w1", rows: 4 },
        ],
      }),
      expect.objectContaining({
        name: "even",
        missing: 0,
        top: [
          { value: "false", rows: 5 },
          { value: "true", rows: 5 },
        ],
      }),
    ]);
  });
});

describe("JSON Lines", () => {
  test("is read by the keys of all lines; numbers keep their text", async () => {
    const content = '{"id":1,"big":9007199254740993}\n\n{"id":"x","late":"é","big":1e999}\n{"id":null,"big":2}\n';
    const path = await stored(content, "data.jsonl");
    const measured = await engine.measure(path, [
      { kind: "type", column: "id", type: "integer" },
      { kind: "present", column: "late" },
      { kind: "between", column: "big", max: 9007199254740992 },
    ]);
    expect(measured).toMatchObject({ rows: 3, columns: ["big", "id", "late"] });
    expect(measured.results).toEqual([
      { broken: 1, checked: 2, firstLine: 3 },
      { broken: 2, checked: 3, firstLine: 1 },
      { broken: 2, checked: 3, firstLine: 1 },
    ]);
  });

  test.each([
    ["a cut line", '{"a":1}\n{"a":', "line 2"],
    ["a line that is no object", '{"a":1}\n\n[1]\n', "line 3: the line is no JSON object"],
    ["a key twice", '{"a":1}\n{"a":1}\n{"a":1,"a":2}\n', "line 3: an object has one key twice"],
    ["keys that differ in case only", '{"a":1,"A":2}\n', "differ in case"],
    ["Latin-1", Buffer.from('{"a":"caf\xe9"}\n', "latin1"), "line 1: the text is not UTF-8"],
  ])("refuses %s", async (_name, content, message) => {
    const path = await stored(content, "data.jsonl");
    await expect(engine.measure(path, [{ kind: "present", column: "a" }])).rejects.toMatchObject({
      code: "DATA_MALFORMED",
      message: expect.stringContaining(message),
    });
  });
});

describe("the child process", () => {
  const path = () => stored("a\n1\n", "data.csv");

  test("that dies is one clear error", async () => {
    const entry = await stored("process.kill(process.pid, 'SIGKILL')", "die.mjs");
    await expect(duckDbDataEngine({ entry }).measure(await path(), [])).rejects.toMatchObject({
      code: "DATA_ENGINE_DIED",
      problem: expect.stringContaining("SIGKILL"),
    });
  });

  test("that answers nonsense is not believed", async () => {
    const entry = await stored("process.send({kind: 'measured', rows: -1}); setInterval(() => {}, 1000)", "lie.mjs");
    await expect(duckDbDataEngine({ entry }).measure(await path(), [])).rejects.toMatchObject({
      code: "DATA_ENGINE_DIED",
    });
  });

  test("has no secret in its environment and leaves nothing behind", async () => {
    const entry = await stored(
      "console.error('error: ' + Object.keys(process.env).sort().join(' ')); process.exit(3)",
      "tell.mjs",
    );
    const temporary = await temporaryFolder();
    process.env["SOME_TOKEN"] = "secret";
    const error = await duckDbDataEngine({ entry, temporaryFolder: temporary })
      .measure(await path(), [])
      .catch(String);
    delete process.env["SOME_TOKEN"];
    expect(error).toContain("MALLOC_ARENA_MAX");
    expect(error).not.toContain("SOME_TOKEN");
    expect(await readdir(temporary)).toEqual([]);
  });

  test("is stopped when it takes too long", async () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => `${index}`).join("\n");
    const big = await stored(`a\n${rows}\n`, "big.csv");
    const hasty = duckDbDataEngine({ timeoutSeconds: 0.001 });
    await expect(hasty.measure(big, [{ kind: "unique", columns: ["a"] }])).rejects.toMatchObject({
      code: "DATA_ENGINE_TIMEOUT",
    });
  });
});
