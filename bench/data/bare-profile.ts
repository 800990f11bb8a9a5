/**
 * DuckDB alone: the exact profile of all columns in the form that was fastest of those tried, one column at a time:
 * count, missing, distinct, the ten most frequent values, and of numbers smallest, largest, mean, deviation and seven
 * quantiles. Text files are loaded into a Parquet file of texts first, and typed as the engine types them.
 */
import { rm } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";

const [, , path = "", work = ""] = process.argv;
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const settings = ["memory_limit = '2GB'", `temp_directory = '${work}.spill'`, "preserve_insertion_order = false"];
for (const setting of settings) await connection.run(`SET ${setting}`);
const kept = `${work}.parquet`;
const dialect = `delim = ',', quote = '"', escape = '"', header = true, all_varchar = true`;
if (path.endsWith(".csv"))
  await connection.run(
    `COPY (SELECT * FROM read_csv('${path}', ${dialect})) TO '${kept}' (FORMAT parquet, COMPRESSION lz4_raw)`,
  );
const from = `read_parquet('${path.endsWith(".csv") ? kept : path}')`;
const schema = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows();
const names = schema.map(([name]) => `"${String(name)}"`);
const tries = names.map((name) => `count(TRY_CAST(${name} AS DOUBLE)) = count(${name})`);
const [typed = []] = (await connection.runAndReadAll(`SELECT ${tries.join(", ")} FROM ${from}`)).getRows();
for (const [at, name] of names.entries()) await profile(name, typed[at] === true);
await rm(kept, { force: true });
await rm(`${work}.spill`, { recursive: true, force: true });

async function profile(name: string, isNumeric: boolean): Promise<void> {
  const number = `CAST(${name} AS DOUBLE)`;
  const quantiles = `quantile_cont(v, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])`;
  const moments = `count(*), count(v), min(v), max(v), avg(v), stddev_pop(v), ${quantiles}`;
  const levels = `SELECT v, count(*) AS n FROM (SELECT ${name} AS v FROM ${from}) GROUP BY v`;
  if (isNumeric) await connection.runAndReadAll(`SELECT ${moments} FROM (SELECT ${number} AS v FROM ${from})`);
  await connection.runAndReadAll(`SELECT count(*), arg_max(v, n, 10) FROM (${levels})`);
}
