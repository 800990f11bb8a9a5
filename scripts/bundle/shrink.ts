import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minify } from "rolldown/utils";

/**
 * Chunks over this size hold third-party packages only (the artifact client with Azure's storage, undici, probot, the
 * clients of DuckDB and Kafka, the readers of CSV, YAML and patterns). Our own code stays as readable as it was written.
 */
const READABLE_BYTES = 250_000;

/** Minifies the heavy chunks of a bundle's folder, so that every workflow run downloads less. Names stay, for the stacks of errors. */
export async function shrink(folder: string): Promise<void> {
  const chunks = (await readdir(folder)).filter((name) => /^\d+\.index\.js$/.test(name));
  for (const name of chunks) {
    const path = join(folder, name);
    const code = await readFile(path, "utf8");
    if (code.length < READABLE_BYTES) continue;
    const shrunk = await minify(name, code, { module: true, compress: true, mangle: { keepNames: true } });
    if (shrunk.errors.length > 0) throw new Error(`${name} could not be minified: ${shrunk.errors[0]?.message}`);
    await writeFile(path, shrunk.code);
  }
}
