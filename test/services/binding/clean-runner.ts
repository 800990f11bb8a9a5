import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { temporaryFolder } from "#test/support/temporary-folder";
import { runToEnd } from "../../../scripts/bundle/process.ts";
import { root } from "../../e2e/support/bundled.ts";

export interface Ended {
  readonly exitCode: number;
  readonly log: string;
}

export type Variables = Readonly<Record<string, string>>;

export interface CleanRunner {
  readonly toolCache: string;
  /** Runs `validate-data` as a step of a job would. */
  validate(data: string, given?: { readonly inputs?: Variables; readonly environment?: Variables }): Promise<Ended>;
  /** Every file and folder of the tool cache, sorted. */
  kept(): Promise<readonly string[]>;
}

const CONTRACT = `apiVersion: v3.1.0
kind: DataContract
id: rows
version: 1.0.0
status: active
schema:
  - name: rows
    properties:
      - { name: id, logicalType: integer, required: true, unique: true }
      - { name: amount, logicalType: number, required: true }
`;

const SMALL_ROWS = 1_000;
// Of some 5 MB, so that DuckDB is asked for it.
const BIG_ROWS = 400_000;

/**
 * A machine on which nothing of ours was ever installed: a copy of dist/ outside the repository, an empty tool cache, an
 * empty cache of npm. In its workspace lie a contract, rows.csv, rows.parquet and big.csv, which all keep it.
 */
export async function cleanRunner(): Promise<CleanRunner> {
  const folder = await temporaryFolder();
  const [workspace, toolCache] = [join(folder, "workspace"), join(folder, "tool-cache")];
  for (const path of [workspace, toolCache]) await mkdir(path);
  await cp(join(root, "dist"), join(folder, "bundle"), { recursive: true });
  await writeRows(workspace);
  return {
    toolCache,
    validate: async (data, { inputs = {}, environment = {} } = {}) => {
      const given = Object.entries({ data, contract: "contract.yaml", ...inputs });
      const { exitCode, output } = await runToEnd({
        program: process.execPath,
        args: [join(folder, "bundle/validate-data.js")],
        folder: workspace,
        environment: {
          PATH: process.env["PATH"],
          RUNNER_TOOL_CACHE: toolCache,
          npm_config_cache: join(folder, "npm-cache"),
          ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
          ...environment,
        },
        timeoutSeconds: 110,
      });
      return { exitCode, log: output };
    },
    kept: async () => (await readdir(toolCache, { recursive: true })).sort(),
  };
}

async function writeRows(workspace: string): Promise<void> {
  const rows = (count: number) =>
    `id,amount\n${Array.from({ length: count }, (_, at) => `${at},${at / 8}\n`).join("")}`;
  await writeFile(join(workspace, "contract.yaml"), CONTRACT);
  await writeFile(join(workspace, "rows.csv"), rows(SMALL_ROWS));
  await writeFile(join(workspace, "big.csv"), rows(BIG_ROWS));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const [from, to] = ["rows.csv", "rows.parquet"].map((name) => join(workspace, name));
  await connection.run(`COPY (FROM read_csv('${from}')) TO '${to}' (FORMAT parquet)`);
  connection.closeSync();
}

/** What this machine says of npm: where its settings lie, and those in the environment, certificates too. */
export function machinesNpm(): Variables {
  const known =
    /^(?:npm_config_(?!cache$)|https?_proxy$|no_proxy$|node_extra_ca_certs$|node_use_system_ca$|ssl_cert_)/i;
  const settings = Object.entries(process.env).filter(([name]) => known.test(name));
  return Object.fromEntries([["HOME", process.env["HOME"]], ...settings].map(([name, value]) => [name, value ?? ""]));
}
