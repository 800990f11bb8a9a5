import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { NO_SURVEY } from "#core/data/survey";
import { temporaryFolder } from "#test/support/temporary-folder";
import { parquet, stored } from "./support/files.ts";

const engine = duckDbDataEngine({ threads: 2, querySeconds: 2 });
const CSV =
  'id,amount,day,paid,"na""me",secret\n1,2.5,2024-01-01,true,x,alice\n2,,2024-03-01,FALSE,,bob\n30,7,2024-02-01,true,z,carol\n';

async function answers(queries: readonly string[], path?: string) {
  const survey = await engine.survey(path ?? (await stored(CSV)), { ...NO_SURVEY, columns: [], queries });
  return survey.answers;
}

test("a query sees typed columns and missing values, whatever they were stored as", async () => {
  const queries = [
    "SELECT count(*) FROM data",
    "SELECT sum(amount) FROM data WHERE id > 3",
    "SELECT count(*) FROM data WHERE amount IS NULL",
    "SELECT count(*) FROM data WHERE day >= DATE '2024-02-01' AND paid",
    'SELECT count("na""me") FROM DATA;',
    "WITH big AS (SELECT * FROM data WHERE id >= 2) SELECT avg(id) FROM big -- the end",
    "SELECT count(*) FROM data AS a JOIN data AS b ON a.id < b.id, range(2)",
    "SELECT max(len(secret)) FROM (FROM data)",
    "SELECT sum(id)::DECIMAL(9, 2) / 4 FROM data",
  ];
  const values = [3, 7, 1, 1, 2, 16, 6, 5, 8.25];
  expect(await answers(queries)).toEqual(values.map((value) => ({ kind: "number", value })));
  const select = `SELECT * FROM (VALUES (1, 2.5::DOUBLE, DATE '2024-01-01', true, 'x', 'alice'), (2, NULL, DATE '2024-03-01', false, '', 'bob'),
    (30, 7, DATE '2024-02-01', true, 'z', 'carol')) t(id, amount, day, paid, "na""me", secret)`;
  expect(await answers(queries, await parquet(select))).toEqual(values.map((value) => ({ kind: "number", value })));
});

describe("F-15 a query is refused", () => {
  test.each([
    ["SET memory_limit = '9GB'", "it must be a SELECT"],
    ["INSTALL httpfs", "it must be a SELECT"],
    ["COPY data TO '/tmp/owned.csv'", "it must be a SELECT"],
    ["ATTACH '/tmp/owned.db'", "it must be a SELECT"],
    ["PRAGMA database_list", "it must be a SELECT"],
    ["CREATE TABLE t AS SELECT 1", "it must be a SELECT"],
    ["DROP VIEW data", "it must be a SELECT"],
    ["EXPLAIN ANALYZE SELECT 1", "it must be a SELECT"],
    ["SELECT 1; SELECT 2", "one statement"],
    ["SELECT 1; DROP VIEW data", "it must be a SELECT"],
    ["", "one statement"],
    ["SELEC 1", "it cannot be run: syntax error"],
    ["SELECT count(*) FROM read_csv('/etc/passwd')", "no function that reads"],
    ["SELECT (SELECT count(*) FROM read_text('/etc/hostname')) FROM data", "no function that reads"],
    ["SELECT count(*) FROM query('SELECT 1')", "no function that reads"],
    ["SELECT count(*) FROM '/etc/passwd'", "the table data and nothing else"],
    ["SELECT count(*) FROM pg_catalog.pg_tables", "the table data and nothing else"],
    ["SELECT count(*) FROM duckdb_settings", "the table data and nothing else"],
    ["DESCRIBE data", "the table data and nothing else"],
    ["SHOW TABLES", "the table data and nothing else"],
    ["SELECT count(*) FROM data WHERE nothing = 1", "it cannot be run: Referenced column"],
    ["SELECT id FROM data", "one row of one number"],
    ["SELECT 1, 2", "one row of one number"],
    ["SELECT 1 WHERE false", "one row of one number"],
    ["SELECT count(*) FROM data a GROUP BY id", "one row of one number"],
    ["SELECT unnest(range(5000))", "one row of one number"],
    ["SELECT secret FROM data LIMIT 1", "no finite number"],
    ["SELECT max(amount) FROM data WHERE false", "no finite number"],
    ["SELECT 'Infinity'::DOUBLE", "no finite number"],
    ["SELECT true", "no finite number"],
    ["SELECT CAST(secret AS INTEGER) FROM data LIMIT 1", "TRY_CAST"],
    ["SELECT error(secret) FROM data LIMIT 1", "it cannot be run on this data"],
    ["SELECT length(repeat('x', 10000000000))", "out of its range"],
    [`SELECT ${"1 + ".repeat(5_001)}1`, "longer than"],
  ])("%s", async (sql, reason) => {
    const [answer] = await answers([sql]);
    expect(answer).toEqual({ kind: "refused", reason: expect.stringContaining(reason) });
    expect(JSON.stringify(answer)).not.toMatch(/alice|bob|carol/);
  });

  test("when it does not end, and leaves the next one, the survey and the disk as they were", async () => {
    const temporary = await temporaryFolder();
    const hasty = duckDbDataEngine({ threads: 2, querySeconds: 0.5, temporaryFolder: temporary });
    const survey = await hasty.survey(await stored(CSV), {
      ...NO_SURVEY,
      columns: ["id"],
      queries: [
        "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE hash(a.range, b.range) = 1",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT count(*) FROM data",
      ],
    });
    expect(survey.answers.slice(0, 2).map(({ kind }) => kind)).toEqual(["refused", "refused"]);
    expect(survey.answers[0]).toMatchObject({ reason: "it was stopped after 0.5 seconds" });
    expect(survey.answers[2]).toEqual({ kind: "number", value: 3 });
    expect(survey.columns).toMatchObject([{ profile: { name: "id", count: 3 } }]);
    expect(await readdir(temporary)).toEqual([]);
  });

  test("when it ends the engine's process: it is not run again, and the others are answered", async () => {
    const entry = await stored(
      `process.once("message", ({ deadly, task }) => {
        const answers = task.request.queries.map((_, at) => deadly.includes(at) ? { kind: "refused", reason: "it took the data engine down" } : { kind: "number", value: at });
        if (!deadly.includes(1)) { process.send({ kind: "about-to-run", query: 1 }); setTimeout(() => process.kill(process.pid, "SIGKILL"), 100); return; }
        const measurement = { digest: "sha256:" + "0".repeat(64), bytes: 1, rows: 1, columns: ["a"], results: [] };
        process.send({ kind: "surveyed", measurement, answers, columns: [], absent: [], anonymity: null });
      });`,
      "deadly.mjs",
    );
    const mortal = duckDbDataEngine({ entry });
    const survey = await mortal.survey(await stored(CSV), { ...NO_SURVEY, queries: ["a", "b", "c"] });
    expect(survey.answers.map((answer) => answer.kind)).toEqual(["number", "refused", "number"]);
  });
});
