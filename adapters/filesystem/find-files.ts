import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasWildcard, literalFolder, matchesWildcard } from "#core/data/collect/wildcard";
import { UserError } from "#core/errors";
import { placeOf, refused } from "./place.ts";

const MAX_ENTRIES = 200_000;
const MAX_DEPTH = 32;

/**
 * Paths of the regular files that a pattern means: a path, a path with wildcards, or a folder with a slash at its end,
 * which means all files below it. Never through a link.
 * @throws UserError SOURCE_EMPTY, FILE_REFUSED
 */
export async function findFiles(root: string, pattern: string): Promise<readonly string[]> {
  const wanted = tidy(pattern.endsWith("/") ? `${pattern}**` : pattern);
  // Its grammar is that of any path; wildcards are letters to it.
  placeOf(root, wanted);
  const found = hasWildcard(wanted) ? await walk(root, wanted) : await single(root, wanted);
  if (found.length > 0) return found;
  throw new UserError(
    "SOURCE_EMPTY",
    `No file is called ${JSON.stringify(pattern)}.`,
    "Check the path, which starts at the working directory, and that the step which writes the file ran before.",
  );
}

/** Without `./` and doubled slashes, so that a file has one name. */
function tidy(pattern: string): string {
  return pattern
    .split("/")
    .filter((segment, at) => (segment !== "." && segment !== "") || (at === 0 && segment === ""))
    .join("/");
}

async function single(root: string, path: string): Promise<readonly string[]> {
  await refuseLinks(root, path);
  const found = await lstat(join(root, path)).catch(absent);
  if (found === undefined) return [];
  if (found.isDirectory()) throw refused(path, "it is a folder; a slash at its end means all files below it");
  if (!found.isFile()) throw refused(path, "it is not a regular file");
  return [path];
}

/** Of the path itself and of every folder on the way. */
async function refuseLinks(root: string, path: string): Promise<void> {
  const segments = path.split("/");
  for (const at of segments.keys()) {
    const part = segments.slice(0, at + 1).join("/");
    const found = await lstat(join(root, part)).catch(absent);
    if (found?.isSymbolicLink()) throw refused(part, "it is a link");
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}

async function walk(root: string, pattern: string): Promise<readonly string[]> {
  const start = literalFolder(pattern);
  if (start !== "") await refuseLinks(root, start);
  const search: Search = { root, pattern, found: [], seen: 0 };
  await descend(search, start, 0);
  return search.found.sort();
}

interface Search {
  readonly root: string;
  readonly pattern: string;
  readonly found: string[];
  seen: number;
}

async function descend(search: Search, folder: string, depth: number): Promise<void> {
  const entries = await readdir(join(search.root, folder), { withFileTypes: true }).catch(absent);
  search.seen += entries?.length ?? 0;
  if (search.seen > MAX_ENTRIES || depth > MAX_DEPTH) {
    const how = `there are more than ${MAX_ENTRIES} entries or ${MAX_DEPTH} folders below each other`;
    throw refused(search.pattern, how);
  }
  for (const entry of entries ?? []) await visit(search, { entry, folder, depth });
}

interface Visit {
  readonly entry: Dirent;
  readonly folder: string;
  readonly depth: number;
}

async function visit(search: Search, { entry, folder, depth }: Visit): Promise<void> {
  const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
  // Whether something below may match: the folders' part of the pattern, with `**` standing for the rest.
  if (entry.isDirectory()) return mayHold(search.pattern, path) ? descend(search, path, depth + 1) : undefined;
  const matches = matchesWildcard(search.pattern, path);
  if (entry.isSymbolicLink() && (matches || mayHold(search.pattern, path))) throw refused(path, "it is a link");
  if (matches && !entry.isFile()) throw refused(path, "it is not a regular file");
  if (matches) search.found.push(path);
}

function mayHold(pattern: string, folder: string): boolean {
  const segments = pattern.split("/");
  const depth = folder.split("/").length;
  const open = segments.indexOf("**");
  const head = open === -1 || open > depth ? segments.slice(0, depth) : [...segments.slice(0, open), "**"];
  return depth < segments.length || open !== -1 ? matchesWildcard(head.join("/"), folder) : false;
}
