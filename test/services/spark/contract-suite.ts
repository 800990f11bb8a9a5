import { execFile } from "node:child_process";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { yamlDocuments } from "#adapters/yaml/documents";
import type { Contract } from "#core/data/contract";
import { contractJob, readCounts } from "#core/data/contract-sql/contract-job";
import { judgeCounts } from "#core/data/contract-sql/judge-counts";
import type { Finding, Found } from "#core/data/finding";
import { columnFindings } from "#core/data/findings/column-findings";
import { requirementFindings } from "#core/data/findings/requirement-findings";
import { rowCountFindings } from "#core/data/findings/row-count-findings";
import { readContract } from "#core/data/read-contract";
import { checksOf, requirementsOf } from "#core/data/requirements-of";
import { temporaryFolder } from "#test/support/temporary-folder";
import { parquetFile, rowOf, SESSIONS } from "./both-engines.ts";
import type { ColumnType, Spark } from "./spark.ts";

const ROOT = join(import.meta.dirname, "../../..");
const EXAMPLE = join(ROOT, "examples/birdstrikes");
const NOW = new Date("2024-06-01T00:00:00Z");
const NAMES: readonly string[] =
  "airport aircraft_model damage flight_date operator state phase wildlife_size species time_of_day cost_other cost_repair cost_total speed".split(
    " ",
  );

const duckDb = duckDbDataEngine({ threads: 2 });

async function contractText(): Promise<string> {
  return readFile(join(EXAMPLE, "contracts/birdstrikes.odcs.yaml"), "utf8");
}

/** The source file under the contract's names: it keeps some promises and breaks others. */
async function renamedCsv(): Promise<string> {
  const text = await readFile(join(EXAMPLE, "data/birdstrikes.csv"), "utf8");
  const path = join(await temporaryFolder(), "strikes.csv");
  await writeFile(path, text.replace(/^.*/, NAMES.join(",")));
  return path;
}

async function renamedParquet(): Promise<string> {
  const typed = { flight_date: "DATE", speed: "INTEGER", cost_total: "DECIMAL(12, 2)", cost_repair: "DOUBLE" };
  const casts = Object.entries(typed).map(([name, type]) => `TRY_CAST(${name} AS ${type}) AS ${name}`);
  return parquetFile(
    `SELECT * REPLACE (${casts.join(", ")}) FROM read_csv('${await renamedCsv()}', all_varchar = true)`,
  );
}

/** Where a row is, only a file can say. */
const withoutPlace = (found: readonly Found[]) =>
  found.map(({ finding }): Partial<Finding> => ({ ...finding, line: null, nextStep: "" }));

async function expectSameFindings(spark: Spark, path: string, contract: Contract) {
  const requirements = requirementsOf(contract, { now: NOW, related: new Map() });
  const measured = await duckDb.measure(path, checksOf(requirements));
  const expected = [
    ...columnFindings(contract, measured),
    ...rowCountFindings(contract, measured.rows),
    ...requirementFindings(requirements, measured),
  ];
  const types = await spark.view("strikes", path, path.endsWith(".csv") ? measured.columns : undefined);
  const columns = types.slice(0, -1).map(([name, type]): ColumnType => [name, type]);
  const subject = {
    dialect: "spark",
    table: "strikes",
    columns: columns.map(([n, t]): [string, string] => [n, t]),
  } as const;
  const job = contractJob(contract, { ...subject, asOf: NOW.toISOString() });
  for (const session of SESSIONS) {
    const rows = [];
    for (const { sql } of job.statements) rows.push((await rowOf(spark, sql, session)).map((value) => value ?? null));
    const counted = { ...job, rows };
    expect(readCounts(contract, counted).results).toEqual(
      measured.results.map(({ broken, checked }) => ({ broken, checked, firstLine: undefined })),
    );
    expect(withoutPlace(judgeCounts(contract, counted).found)).toEqual(withoutPlace(expected));
  }
  return expected;
}

export function describeContracts(spark: () => Spark): void {
  describe("the example's contract says of the source file in Spark what it says in DuckDB", () => {
    test.each([
      ["as CSV", renamedCsv],
      ["as Parquet", renamedParquet],
    ])("%s", async (_name, file) => {
      const contract = readContract(await contractText(), yamlDocuments(), "contract");
      const found = await expectSameFindings(spark(), await file(), contract);
      const ids = new Set(found.map(({ finding }) => finding.id));
      expect([...ids]).toEqual(
        expect.arrayContaining(["DATA_COLUMN_MISSING", "DATA_KNOWN_ONLY_LATER", "DATA_INVALID_VALUES"]),
      );
    });
  });

  test("the job of docs/large-data.md counts what contract-sql prints, and the counts give a verdict", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "lake"));
    await rename(await renamedParquet(), join(folder, "lake/strikes"));
    await writeFile(join(folder, "contract.yaml"), await contractText());
    const page = await readFile(join(ROOT, "docs/large-data.md"), "utf8");
    await writeFile(join(folder, "check.py"), /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    const python = (mode: string) => run(spark().python, ["check.py", mode], folder);
    await python("columns");
    const printed = await tidemark(folder, "--table", "strikes", "--columns", "columns.json");
    await writeFile(join(folder, "checks.json"), printed.stdout);
    await python("count");
    const judged = await tidemark(folder, "--counts", "counts.json");
    const { verdict, rows, findings } = JSON.parse(judged.stdout);
    expect([judged.code, verdict, rows]).toEqual([1, "fail", 10_000]);
    expect(findings).toContainEqual(expect.objectContaining({ id: "DATA_KNOWN_ONLY_LATER", column: "cost_repair" }));
  });
}

const LOOPBACK =
  "--master local[2] --conf spark.ui.enabled=false --conf spark.driver.bindAddress=127.0.0.1 pyspark-shell";

interface Ended {
  readonly stdout: string;
  readonly code: number;
}

function run(program: string, parameters: readonly string[], cwd: string): Promise<Ended> {
  const env = { ...process.env, SPARK_LOCAL_IP: "127.0.0.1", PYSPARK_SUBMIT_ARGS: LOOPBACK };
  return promisify(execFile)(program, parameters, { cwd, env, maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => {
      if (error.stdout === "") throw new Error(error.stderr);
      return { stdout: error.stdout, code: error.code };
    },
  );
}

function tidemark(folder: string, ...flags: readonly string[]): Promise<Ended> {
  const command = [join(ROOT, "cli/main.ts"), "contract-sql", "--contract", "contract.yaml", "--json", ...flags];
  return run(process.execPath, command, folder);
}
