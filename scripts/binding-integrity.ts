/** Writes adapters/duckdb/binding-integrity.json from package-lock.json: what a fetched native binding must hash to. --check only compares. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

const PREFIX = "node_modules/@duckdb/node-bindings-";
const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

const { values: options } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");
const path = join(root, "adapters/duckdb/binding-integrity.json");
const { packages } = Lock.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
const bindings = Object.entries(packages).filter(([name]) => name.startsWith(PREFIX));
const versions = new Set(bindings.map(([, { version }]) => version));
if (versions.size !== 1) throw new Error(`package-lock.json has ${versions.size} versions of DuckDB's bindings.`);
const hashes = Object.fromEntries(bindings.map(([name, { integrity }]) => [name.slice(PREFIX.length), integrity]));
const text = `${JSON.stringify({ version: [...versions][0], packages: hashes }, null, 2)}\n`;
if (!options.check) await writeFile(path, text);
else if ((await readFile(path, "utf8")) !== text) throw new Error("Run node scripts/binding-integrity.ts.");
