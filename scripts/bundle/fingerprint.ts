import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What the bundle is made from, and what makes it. */
const SOURCES = [
  "core",
  "kit",
  "adapters",
  "actions",
  "bot",
  "scripts/bundle",
  "scripts/bundle.ts",
  "scripts/smoke.ts",
];
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

/** SHA-256 over the names and bytes of everything the bundle depends on, and over the version of Node that builds it. */
export async function fingerprint(root: string): Promise<string> {
  const files = (await Promise.all([...SOURCES, ...SETTINGS].map((path) => filesUnder(join(root, path))))).flat();
  const hash = createHash("sha256").update(process.version);
  for (const file of files.sort()) {
    hash.update(`\0${relative(root, file).split(sep).join("/")}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** The file itself, or the files of a folder that end up in the bundle; nothing when it does not exist. */
async function filesUnder(path: string): Promise<readonly string[]> {
  if (/\.(ts|json)$/.test(path)) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|json|css|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
