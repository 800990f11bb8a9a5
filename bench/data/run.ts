/**
 * Times the data engine beside its own floor: `node bench/data/run.ts [--rows 1000000,10000000] [--write]`.
 * The floor is DuckDB alone, in a fresh process, with the same predicates in one statement and no digest, no check of
 * the bytes and no first lines. Each figure is the best of three.
 */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { NO_SURVEY } from "#core/data/survey";
import { benchChecks } from "./checks.ts";
import { tableSql } from "./table.ts";

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, write: { type: "boolean", default: false } },
});
const folder = join(tmpdir(), "tidemark-bench-data");
await mkdir(folder, { recursive: true });
const lines: string[] = [];
for (const rows of options.rows.split(",").map(Number)) {
  for (const format of ["parquet", "csv"] as const) {
    const path = join(folder, `${rows}.${format}`);
    await makeTable(path, rows);
    const floor = await best(() => bareScan(path));
    const contract = await best(async () => {
      const { results } = await duckDbDataEngine().measure(path, benchChecks);
      const found = results.filter(({ broken }) => broken > 0).length;
      if (found > 0) throw new Error(`${found} checks are broken; the benchmark's table breaks none.`);
    });
    const columns = await best(() =>
      duckDbDataEngine().survey(path, { ...NO_SURVEY, columns: ["amount", "age", "region", "plan"] }),
    );
    const ratio = (contract / floor).toFixed(2);
    lines.push(
      `| ${rows.toLocaleString("en")} | ${format} | ${seconds(floor)} | ${seconds(contract)} | ${ratio} | ${seconds(columns)} |`,
    );
    console.log(lines.at(-1));
  }
}
if (options.write) await writeSection(lines);

async function best(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

async function bareScan(path: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, "bare-scan.ts"), path]);
}

async function makeTable(path: string, rows: number): Promise<void> {
  const form = path.endsWith(".csv") ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (${tableSql(rows)}) TO '${path}' (${form})`);
  connection.closeSync();
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

async function writeSection(rows: readonly string[]): Promise<void> {
  const readme = join(import.meta.dirname, "../README.md");
  const before = await readFile(readme, "utf8").catch(() => "# Benchmarks\n");
  const section = [
    "## data",
    "",
    `\`node bench/data/run.ts --rows ${options.rows} --write\` on a machine with ${availableParallelism()} cores; 20 columns, ${benchChecks.length} checks, wall time, best of three.`,
    "The bare scan is DuckDB alone with the same predicates in one statement; the contract adds the process, the SHA-256 of the file and, for CSV, a check of every byte.",
    "",
    "| rows | file | bare scan | contract | ratio | four columns surveyed |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
  const others = before.replace(/\n## data\n[\s\S]*?(?=\n## |$)/, "");
  await writeFile(readme, `${others.trimEnd()}\n\n${section}`);
}
