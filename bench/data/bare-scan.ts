/** DuckDB alone: the benchmark's predicates in one statement over a file, and nothing else. */
import { DuckDBInstance } from "@duckdb/node-api";
import { compileChecks } from "#core/data/sql/compile-checks";
import type { StoredType } from "#core/data/sql/dialect";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { benchChecks } from "./checks.ts";

const STORED: Readonly<Record<string, StoredType>> = { BIGINT: "integer", INTEGER: "integer", DOUBLE: "number" };
const [, , path = ""] = process.argv;
const connection = await (await DuckDBInstance.create(":memory:", { memory_limit: "512MB" })).connect();
const dialect = `delim = ',', quote = '"', escape = '"', header = true, all_varchar = true`;
const from = path.endsWith(".csv") ? `read_csv('${path}', ${dialect})` : `read_parquet('${path}')`;
const schema = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
const columns = schema.getRows().map(([name, type]) => {
  return { name: String(name), storedName: String(name), stored: STORED[String(type)] ?? "text" };
});
await connection.runAndReadAll(compileChecks(benchChecks, { from, columns, rowNumber: "1" }, duckDbDialect).sql);
