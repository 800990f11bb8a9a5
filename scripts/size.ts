/** Shows what dist/ weighs, because each workflow run downloads it; fails when it is over the budget. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

export const BUDGET_BYTES = 6_000_000;

export interface Weight {
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** The heaviest files first. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export async function weigh(folder: string): Promise<Weight> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const files = paths.map((path, index) => ({ name: relative(folder, path), bytes: contents[index]?.length ?? 0 }));
  return {
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    gzippedBytes: gzipSync(Buffer.concat(contents)).length,
    files: files.sort((a, b) => b.bytes - a.bytes),
  };
}

/** Two or three lines for a log. */
export function weightReport({ bytes, gzippedBytes, files }: Weight): string {
  const heaviest = files.slice(0, 5).map((file) => `${file.name} ${megabytes(file.bytes)}`);
  const state = bytes > BUDGET_BYTES ? "OVER" : "within";
  return [
    `dist: ${megabytes(bytes)} in ${files.length} files, ${megabytes(gzippedBytes)} gzipped; ${state} the budget of ${megabytes(BUDGET_BYTES)}`,
    `heaviest: ${heaviest.join(", ")}`,
  ].join("\n");
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

if (process.argv[1] === import.meta.filename) {
  const weight = await weigh(join(import.meta.dirname, "../dist"));
  console.log(weightReport(weight));
  if (weight.bytes > BUDGET_BYTES) process.exitCode = 1;
}
