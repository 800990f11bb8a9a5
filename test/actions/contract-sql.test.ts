import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { contractSql } from "#actions/contract-sql/action";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { ContractJob } from "#core/data/contract-sql/contract-job";
import type { Log } from "#core/ports/log";
import { temporaryFolder } from "#test/support/temporary-folder";

const silent = (): void => undefined;
const log: Log = { info: silent, debug: silent, warning: silent, error: silent, group: (_, work) => work() };

const contract = (more = "") => `apiVersion: v3.1.0
kind: DataContract
id: rides
version: 1.0.0
status: active
schema:
  - name: rides
    quality:
      - { metric: rowCount, mustBeGreaterThan: 2 }
${more}    properties:
      - { name: id, logicalType: integer, required: true, unique: true }
      - { name: fare, logicalType: number, logicalTypeOptions: { minimum: 0 } }
      - name: kind
        quality: [{ metric: invalidValues, arguments: { validValues: [day, night] }, mustBe: 0 }]
`;

const COLUMNS = [
  ["id", "BIGINT"],
  ["fare", "DECIMAL(9,2)"],
  ["kind", "VARCHAR"],
];

interface Rides {
  readonly rows: string;
  readonly contract?: string;
}

async function workshop({ rows, contract: text = contract() }: Rides) {
  const folder = await temporaryFolder();
  const put = (name: string, content: unknown) =>
    writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  await put("contract.yaml", text);
  await put("columns.json", COLUMNS);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("CREATE SCHEMA lake");
  await connection.run("CREATE TABLE lake.rides (id BIGINT, fare DECIMAL(9,2), kind VARCHAR)");
  await connection.run(`INSERT INTO lake.rides VALUES ${rows}`);
  const refusePattern = silent;
  const deps = { given: folderFiles(folder), documents: yamlDocuments(), clock: () => new Date(0), refusePattern };
  const run = (inputs: Readonly<Record<string, string>>) =>
    contractSql.run({ contract: "contract.yaml", dialect: "duckdb", "working-directory": ".", ...inputs }, deps, {
      log,
    });
  const print = async () => ContractJob.parse((await run({ table: "lake.rides", columns: "columns.json" })).document);
  const count = async (job: ContractJob) => {
    const counted = [];
    for (const { sql } of job.statements) {
      const [row = []] = (await connection.runAndReadAll(sql)).getRows();
      counted.push(row.map((value) => (value === null ? null : Number(value))));
    }
    return counted;
  };
  const judge = async (document: unknown) => {
    await put("counts.json", document as object);
    return run({ counts: "counts.json" });
  };
  return { put, run, print, count, judge };
}

const GOOD = "(1, 2.5, 'day'), (2, 0, 'night'), (3, NULL, NULL)";
const BAD = "(1, 2.5, 'day'), (1, -1, 'noon'), (NULL, 4, 'dusk'), (5, 1, '')";

describe("contract-sql", () => {
  test("a table that keeps its contract passes by its counts", async () => {
    const { print, count, judge } = await workshop({ rows: GOOD });
    const job = await print();
    const { verdict, document } = await judge({ ...job, rows: await count(job) });
    expect([verdict, document]).toMatchObject(["pass", { table: "lake.rides", rows: 3, findings: [] }]);
  });

  test("a table that breaks its contract fails with a finding for each promise, and its numbers", async () => {
    const { print, count, judge } = await workshop({ rows: BAD });
    const job = await print();
    const { verdict, document } = await judge({ ...job, rows: await count(job) });
    const { findings } = document as { findings: { id: string; column: string; value: number; line: null }[] };
    expect(verdict).toBe("fail");
    expect(findings.map(({ id, column, value, line }) => [id, column, value, line])).toEqual([
      ["DATA_MISSING_VALUES", "id", 1, null],
      ["DATA_DUPLICATE_VALUES", "id", 1, null],
      ["DATA_OUT_OF_RANGE", "fare", 1, null],
      ["DATA_INVALID_VALUES", "kind", 2, null],
    ]);
  });

  test("each statement says what its numbers are", async () => {
    const { print, count } = await workshop({ rows: GOOD });
    const job = await print();
    const rows = await count(job);
    expect(job.statements.map(({ columns }) => columns.length)).toEqual(rows.map((row) => row.length));
    const told = Object.fromEntries(
      job.statements.flatMap(({ columns }, at) => columns.map((name, index) => [name, rows[at]?.[index] ?? null])),
    );
    expect(told).toMatchObject({
      rows: 3,
      "values of fare": 2,
      'rows that break between {"min":0} of fare': 0,
      "rows that break unique of id": 0,
    });
  });

  test("counts of another contract are refused", async () => {
    const { put, print, count, judge } = await workshop({ rows: BAD });
    const job = await print();
    const rows = await count(job);
    await put("contract.yaml", contract().replace("minimum: 0", "minimum: -5"));
    await expect(judge({ ...job, rows })).rejects.toMatchObject({ code: "COUNTS_STALE" });
  });

  test.each([
    ["no rows", (_: ContractJob["rows"]) => undefined, "COUNTS_INCOMPLETE"],
    ["a row too few", (rows: ContractJob["rows"]) => rows?.slice(1), "COUNTS_INCOMPLETE"],
    ["a row too many", (rows: ContractJob["rows"]) => [...(rows ?? []), [1]], "COUNTS_INCOMPLETE"],
    ["a number too few", (rows: ContractJob["rows"]) => rows?.map((row) => row.slice(1)), "COUNTS_INCOMPLETE"],
    ["a number below zero", (rows: ContractJob["rows"]) => rows?.map((row) => row.map(() => -1)), "INPUT_INVALID"],
  ])("counts with %s are refused, not judged", async (_name, spoil, code) => {
    const { print, count, judge } = await workshop({ rows: GOOD });
    const job = await print();
    await expect(judge({ ...job, rows: spoil(await count(job)) })).rejects.toMatchObject({ code });
  });

  test("what no count can tell does not pass in silence", async () => {
    const query = "      - { type: sql, query: SELECT count(*) FROM data, mustBeGreaterThan: 1 }\n";
    const foreign = "    relationships:\n      - { from: rides.kind, to: kinds.name }\n";
    const { print, count, judge } = await workshop({ rows: GOOD, contract: contract(query + foreign) });
    const job = await print();
    const { verdict, document } = await judge({ ...job, rows: await count(job) });
    expect(verdict).toBe("fail");
    expect(document).toMatchObject({ findings: [{ id: "DATA_QUERY_REFUSED" }, { id: "DATA_RELATED_MISSING" }] });
  });

  test("an age is counted from the moment the statements were printed", async () => {
    const { print } = await workshop({ rows: GOOD });
    expect((await print()).asOf).toBe("1970-01-01T00:00:00.000Z");
  });

  test("F-13 a column of a type that holds other values is refused by name", async () => {
    const { put, print } = await workshop({ rows: GOOD });
    await put("columns.json", [...COLUMNS, ["tags", "VARCHAR[]"]]);
    await expect(print()).rejects.toMatchObject({ code: "COLUMN_REFUSED", problem: expect.stringContaining('"tags"') });
  });

  test("without a table or columns it says which input is missing", async () => {
    const { run } = await workshop({ rows: GOOD });
    await expect(run({})).rejects.toMatchObject({ code: "INPUT_MISSING", problem: expect.stringContaining('"table"') });
    await expect(run({ table: "x" })).rejects.toMatchObject({ code: "INPUT_MISSING" });
  });
});
