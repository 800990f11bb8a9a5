import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import type { Check, KeyCheck } from "#core/data/check";
import { compileChecks, type ScanCheck } from "#core/data/sql/compile-checks";
import { compileFirstRows } from "#core/data/sql/compile-first-rows";
import { compileKeyCounts } from "#core/data/sql/compile-key-checks";
import type { Relation } from "#core/data/sql/relation";
import { sparkDialect } from "#core/data/sql/spark-dialect";
import { tableRelation } from "#core/data/sql/table-relation";
import { isKeyCheck } from "#core/data/sql/tested-rows";
import { temporaryFolder } from "#test/support/temporary-folder";
import type { Spark } from "./spark.ts";

const duckDb = duckDbDataEngine({ threads: 2 });

/** Without Java code made for each statement, which is also how Spark runs a statement too large to compile. */
const INTERPRETED = { "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN" };
const COMPILED = { "spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK" };

/** Sessions as users have them; the answers must not depend on it. */
export const SESSIONS = [
  { "spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC", ...COMPILED },
  { "spark.sql.ansi.enabled": "false", "spark.sql.session.timeZone": "America/New_York", ...INTERPRETED },
];

let views = 0;

/** The row's number in the file, which driver.py adds. */
const ROW = "file_row";

/** The rows of a file in Spark. CSV columns are texts, as they are in DuckDB. */
export async function inSpark(spark: Spark, path: string, header: readonly string[]): Promise<Relation> {
  const name = `rows${++views}`;
  const isCsv = path.endsWith(".csv");
  const types = await spark.view(name, path, isCsv ? header.map((_, at) => `c${at}`) : undefined);
  const { from, columns } = tableRelation(
    { name, columns: types.map(([column, type]) => ({ name: column, type })) },
    sparkDialect,
  );
  const named = columns
    .filter(({ storedName }) => storedName !== ROW)
    .map((column, at) => (isCsv ? { ...column, name: header[at] ?? "" } : column));
  return { from, columns: named, rowNumber: ROW };
}

/** What both engines say about the same file: equal counts for every check, and the same first rows. */
export async function expectAgreement(spark: Spark, path: string, checks: readonly Check[], sessions = SESSIONS) {
  const measured = await duckDb.measure(path, checks);
  const expected = measured.results.map(({ broken, checked }) => ({ broken, checked }));
  const relation = await inSpark(spark, path, measured.columns);
  for (const session of sessions) {
    const counted = await countInSpark(spark, { relation, checks, session });
    expect(label(checks, counted.results)).toEqual(label(checks, expected));
    expect(counted.rows).toBe(measured.rows);
    const owned = await countKeysInSpark(spark, { relation, checks, session });
    expect(label(owned.checks, owned.broken)).toEqual(
      label(
        owned.checks,
        checks.flatMap((check, at) => (owned.checks.some((each) => each === check) ? [expected[at]?.broken] : [])),
      ),
    );
  }
  return measured;
}

interface Asked {
  readonly relation: Relation;
  readonly checks: readonly Check[];
  readonly session: Readonly<Record<string, string>>;
}

export async function countInSpark(spark: Spark, { relation, checks, session }: Asked) {
  const { sql, read } = compileChecks(checks as readonly ScanCheck[], relation, sparkDialect);
  return read(await rowOf(spark, sql, session));
}

/** The same checks of keys, each by its own statement. */
async function countKeysInSpark(spark: Spark, { relation, checks, session }: Asked) {
  const keys = checks.filter((check): check is KeyCheck => isKeyCheck(check));
  const own = keys.flatMap((check) => {
    const compiled = compileKeyCounts(check, { table: relation }, sparkDialect);
    return compiled === undefined ? [] : [{ check, compiled }];
  });
  const broken: number[] = [];
  for (const { compiled } of own) broken.push(compiled.read(await rowOf(spark, compiled.sql, session)).broken);
  return { checks: own.map(({ check }) => check), broken };
}

/** Rows are numbered in the file's order here, so that where each check breaks first can be asked as well. */
export async function expectSameFirstRows(spark: Spark, path: string, checks: readonly ScanCheck[]): Promise<void> {
  const { columns, results } = await duckDb.measure(path, checks);
  const relation = await inSpark(spark, path, columns);
  const broken = checks.filter((_, at) => (results[at]?.broken ?? 0) > 0);
  const { sql, read } = compileFirstRows(broken, relation, sparkDialect);
  const lines = results.filter((result) => result.broken > 0).map(({ firstLine = 0 }) => firstLine - 1);
  expect(label(broken, read(await rowOf(spark, sql, INTERPRETED)))).toEqual(label(broken, lines));
}

/** The one row of a statement; numbers come as numbers. */
export async function rowOf(spark: Spark, sql: string, session: Readonly<Record<string, string>>) {
  const [answer] = await spark.ask([sql], session);
  if (answer === undefined || "error" in answer) throw new Error(`${answer?.message}\n${sql.slice(0, 4_000)}`);
  return answer.row.map((value) => (value === null ? undefined : Number(value)));
}

const label = (checks: readonly Check[], values: readonly unknown[]) =>
  checks.map((check, at) => [JSON.stringify(check), values[at]]);

export async function csvFile(header: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const path = join(await temporaryFolder(), "data.csv");
  await writeFile(path, [header, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join(""));
  return path;
}

/** Written by DuckDB, which both engines read. */
export async function parquetFile(select: string): Promise<string> {
  const path = join(await temporaryFolder(), "data.parquet");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}
