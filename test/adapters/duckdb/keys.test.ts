import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { inParts } from "#adapters/duckdb/in-parts";
import type { Check, KeyCheck } from "#core/data/check";
import { compileKeyCounts } from "#core/data/sql/compile-key-checks";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { KeyPart } from "#core/data/sql/key-relations";
import type { Relation } from "#core/data/sql/relation";
import { UserError } from "#core/errors";
import { parquet, stored } from "./support/files.ts";

const engine = duckDbDataEngine({ threads: 2 });

describe("keys and rows of Parquet beside CSV", () => {
  const select =
    "SELECT * FROM (VALUES (1, 1.0::DOUBLE, 'x'), (2, 2.5, 'y'), (9007199254740993, NULL, '')) t(id, score, word)";
  const text = "id,score,word\n01,1,x\n2.0,2.50,y\n9007199254740992,,\n";

  test("a number is compared by value with a stored one, exactly", async () => {
    const [left, right] = [await parquet(select), await stored(text)];
    expect(await engine.sharedRows(left, right, undefined)).toEqual({
      columns: ["id", "score", "word"],
      rows: 3,
      shared: 2,
      firstLine: 2,
    });
    expect(await engine.sharedRows(right, left, ["word", "score"])).toMatchObject({ shared: 3, firstLine: 2 });
    const keys: Check = { kind: "exists-in", columns: ["id"], other: { path: right, columns: ["id"] } };
    expect((await engine.measure(left, [keys])).results).toEqual([{ broken: 1, checked: 3, firstLine: 4 }]);
  });

  test("stored rows that are the same count as text that is", async () => {
    const path = await parquet(`${select} UNION ALL SELECT 2, 2.5, 'y' UNION ALL SELECT 2, 2.5, NULL`);
    expect((await engine.measure(path, [{ kind: "distinct-rows" }])).results).toEqual([
      { broken: 1, checked: 5, firstLine: 5 },
    ]);
  });
});

describe("keys that do not fit the memory", () => {
  const outOfMemory = new UserError("DATA_ENGINE_MEMORY", "Too little.", "Allow more.");

  test("are asked for part by part", async () => {
    const asked: (KeyPart | undefined)[] = [];
    const answers = await inParts(async (part) => {
      asked.push(part);
      if (part === undefined) throw outOfMemory;
      return part.at;
    });
    expect(answers).toEqual(Array.from({ length: 16 }, (_, at) => at));
    expect(asked[0]).toBeUndefined();
    expect(asked.slice(1)).toEqual(answers.map((at) => ({ at, of: 16 })));
  });

  test("are refused when a part does not fit either, and anything else is refused at once", async () => {
    await expect(inParts(() => Promise.reject(outOfMemory))).rejects.toBe(outOfMemory);
    let asked = 0;
    const ask = () => Promise.reject(new Error(`asked ${++asked} times`));
    await expect(inParts(ask)).rejects.toThrow("asked 1 times");
  });

  test("have counts that sum to those of the whole", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      "CREATE TABLE t AS SELECT i % 90 AS a, CASE WHEN i % 5 > 0 THEN 'w' || (i % 7) END AS b FROM range(1000) r(i)",
    );
    await connection.run("CREATE TABLE u AS SELECT i AS a, 'w' || (i % 5) AS b FROM range(40) r(i)");
    const numbers = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()[0]?.map(Number) ?? [];
    const relation = (from: string): Relation => ({
      from,
      columns: [
        { name: "a", storedName: "a", stored: "integer" },
        { name: "b", storedName: "b", stored: "text" },
      ],
      rowNumber: "row_number() OVER ()",
    });
    const checks: readonly KeyCheck[] = [
      { kind: "unique", columns: ["a", "b"] },
      { kind: "distinct-rows" },
      { kind: "exists-in", columns: ["a", "b"], other: { path: "", columns: ["a", "b"] } },
    ];
    const relations = { table: relation("t"), other: relation("u") };
    const parts = Array.from({ length: 4 }, (_, at): KeyPart => ({ at, of: 4 }));
    for (const check of checks) {
      const whole = compileKeyCounts(check, relations, duckDbDialect);
      const counts = whole?.read(await numbers(whole.sql));
      const summed = { broken: 0, checked: 0 };
      for (const part of parts) {
        const some = compileKeyCounts(check, { ...relations, part }, duckDbDialect);
        const found = some?.read(await numbers(some.sql));
        summed.broken += found?.broken ?? 0;
        summed.checked += found?.checked ?? 0;
      }
      expect(summed, check.kind).toEqual({ broken: counts?.broken, checked: counts?.checked ?? 0 });
      expect(summed.broken, check.kind).toBeGreaterThan(0);
    }
  });
});
