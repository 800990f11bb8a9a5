import { execFileSync } from "node:child_process";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { doublesOf, wordsOf } from "#adapters/duckdb/vectors";
import { temporaryFolder } from "#test/support/temporary-folder";
import { stored } from "./support/files.ts";

test("F-15 the session reads its one file, writes nowhere else and cannot be unlocked", async () => {
  const script = `
    import { openSession } from "#adapters/duckdb/session";
    const files = { files: [process.argv[1]], folders: [] };
    const session = await openSession(files, { memoryMegabytes: 100, timeoutSeconds: 5, spillFolder: process.argv[2] });
    const attempts = ["SELECT * FROM read_csv('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/owned.csv'", "SET enable_external_access = true",
      "SET memory_limit = '9GB'", "INSTALL httpfs", "LOAD httpfs", "ATTACH '/tmp/owned.db'", "SELECT * FROM read_text('/etc/hostname')",
      "RESET lock_configuration", "SET max_temp_directory_size = '9TB'"];
    const refused = [];
    for (const sql of attempts) await session.texts(sql).catch(() => refused.push(sql));
    const [[ok]] = await session.texts("SELECT a FROM read_csv('" + process.argv[1] + "')");
    console.log(JSON.stringify([refused.length, attempts.length, ok]));`;
  const data = await stored("a\n1\n");
  const args = ["--input-type=module", "-e", script, data, await temporaryFolder()];
  expect(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))).toEqual([10, 10, "1"]);
});

describe("this version of DuckDB's package has, though it does not declare it,", () => {
  const chunkOf = async (sql: string) => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const chunk = await (await connection.stream(sql)).fetchChunk();
    if (chunk === null) throw new Error("no chunk");
    return chunk;
  };

  test("an array of doubles behind a column of them", async () => {
    expect(doublesOf(await chunkOf("SELECT unnest([0.5::DOUBLE, 'NaN', -2])"), 0)).toEqual(
      Float64Array.of(0.5, Number.NaN, -2),
    );
  });

  test("an array of words behind a column of them, the same bits as doubles", async () => {
    const words = wordsOf(await chunkOf("SELECT 4611686018427387904::UBIGINT"), 0);
    expect(words).toEqual(Float64Array.of(2));
  });
});
