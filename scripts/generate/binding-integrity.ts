import { join } from "node:path";
import { z } from "zod";
import { type DerivedFile, readIfPresent } from "./written-file.ts";

const PREFIX = "node_modules/@duckdb/node-bindings-";

const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

/** What a fetched native binding must hash to, as package-lock.json says; nothing for a root without the lock file. */
export async function bindingIntegrityFile(root: string): Promise<readonly DerivedFile[]> {
  const lock = await readIfPresent(join(root, "package-lock.json"));
  if (lock === undefined) return [];
  const bindings = Object.entries(Lock.parse(JSON.parse(lock)).packages).filter(([name]) => name.startsWith(PREFIX));
  const versions = new Set(bindings.map(([, { version }]) => version));
  if (versions.size !== 1) throw new Error(`package-lock.json has ${versions.size} versions of DuckDB's bindings.`);
  const hashes = Object.fromEntries(bindings.map(([name, { integrity }]) => [name.slice(PREFIX.length), integrity]));
  const text = `${JSON.stringify({ version: [...versions][0], packages: hashes }, null, 2)}\n`;
  return [{ path: "adapters/duckdb/binding-integrity.json", text }];
}
