import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import type { Check } from "#core/data/check";
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

test("keys that do not fit the memory are counted in parts, with the same answer", async () => {
  const path = await parquet("SELECT md5((i % 999990)::VARCHAR) AS token, i AS n FROM range(1000000) r(i)");
  const other = await parquet("SELECT md5(i::VARCHAR) AS token FROM range(5, 2000000) r(i)", "other.parquet");
  const checks: readonly Check[] = [
    { kind: "unique", columns: ["token"] },
    { kind: "exists-in", columns: ["token"], other: { path: other, columns: ["token"] } },
    { kind: "distinct-rows" },
  ];
  const small = duckDbDataEngine({ threads: 2, memoryMegabytes: 45 });
  expect((await small.measure(path, checks)).results).toEqual([
    { broken: 10, checked: 1_000_000, firstLine: 999_992 },
    { broken: 10, checked: 1_000_000, firstLine: 2 },
    { broken: 0, checked: 1_000_000, firstLine: undefined },
  ]);
});
