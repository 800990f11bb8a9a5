import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { findBinding } from "#adapters/duckdb/binding";
import { runToEnd } from "./process.ts";

/**
 * Runs the actions that read rows on real ones, from a copy of dist/ outside the repository, so that no node_modules can
 * stand in for what the bundle lacks. DuckDB's native files are the checkout's. A line for each action that misbehaves.
 */
export async function smokeData(dist: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-smoke-data-"));
  try {
    const [copy, workspace] = [`${folder}/bundle`, `${folder}/workspace`];
    await cp(dist, copy, { recursive: true });
    await mkdir(workspace);
    await writeRows(workspace);
    const bench = { dist: copy, workspace, engineFolder: await findBinding({}) };
    return [...(await smokeFile(bench, "rows.csv", "csv")), ...(await smokeFile(bench, "rows.parquet", "auto"))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly dist: string;
  readonly workspace: string;
  readonly engineFolder: string;
}

const ROWS = 500;

/** The same rows as rows.csv and as rows.parquet. */
async function writeRows(folder: string): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, at) => `${at},${(at * 7919) % 101},${["a", "b", "c"][at % 3]}\n`);
  await writeFile(`${folder}/rows.csv`, `id,amount,kind\n${rows.join("")}`);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (FROM read_csv('${folder}/rows.csv')) TO '${folder}/rows.parquet' (FORMAT parquet)`);
  connection.closeSync();
}

/** A contract is learnt from the rows, which then keep it and have not drifted from themselves. */
async function smokeFile(bench: Bench, data: string, engine: string): Promise<readonly string[]> {
  const contract = `${data}.contract.yaml`;
  const runs = [
    ["contract-infer", { data, output: contract }],
    ["validate-data", { data, contract }],
    ["drift", { reference: data, current: data }],
  ] as const;
  const problems: string[] = [];
  for (const [action, inputs] of runs) {
    const problem = await smokeAction(bench, action, { ...inputs, engine, "engine-folder": bench.engineFolder });
    if (problem !== undefined) problems.push(`${action} on ${data}: ${problem}`);
  }
  return problems;
}

async function smokeAction(
  { dist, workspace }: Bench,
  action: string,
  inputs: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const output = `${workspace}/output`;
  await writeFile(output, "");
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const { exitCode, output: said } = await runToEnd({
    program: process.execPath,
    args: [`${dist}/${action}.js`],
    folder: workspace,
    environment: { ...Object.fromEntries(given), GITHUB_OUTPUT: output, PATH: process.env["PATH"] },
    timeoutSeconds: 60,
  });
  if (exitCode !== 0) return `it ended with ${exitCode}. It printed:\n${said.slice(0, 2000)}`;
  return (await readFile(output, "utf8")) === "" ? "it gave no outputs" : undefined;
}
