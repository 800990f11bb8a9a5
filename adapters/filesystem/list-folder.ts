import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "#core/errors";
import type { ModelFile } from "#core/model/model-files";
import { RelativePath } from "#core/names";
import { measureFile } from "./measure.ts";
import { refused } from "./place.ts";

/** As many files as a model may have. */
const MAX_ENTRIES = 2_000;
const MAX_DEPTH = 32;

/** Measures every regular file below a folder; paths are relative to that folder and sorted by code unit. */
export async function listFolder(place: string, folder: string): Promise<readonly ModelFile[]> {
  const paths: string[] = [];
  await collect({ place, folder, prefix: "", paths });
  const files: ModelFile[] = [];
  for (const path of paths.sort()) files.push({ path, ...(await measureFile(join(place, path))) });
  return files;
}

interface Walk {
  readonly place: string;
  readonly folder: string;
  readonly prefix: string;
  readonly paths: string[];
}

async function collect(walk: Walk): Promise<void> {
  const entries = await readdir(join(walk.place, walk.prefix), { withFileTypes: true });
  if (walk.paths.length + entries.length > MAX_ENTRIES || walk.prefix.split("/").length > MAX_DEPTH) {
    throw new UserError(
      "FILE_REFUSED",
      `The folder "${walk.folder}" holds more than ${MAX_ENTRIES} files or is deeper than ${MAX_DEPTH} folders.`,
      "Name the folder that holds the model's files and nothing else.",
    );
  }
  for (const entry of entries) await visit(walk, entry);
}

async function visit(walk: Walk, entry: Dirent): Promise<void> {
  const path = `${walk.prefix}${entry.name}`;
  const shown = `${walk.folder}/${path}`;
  if (entry.isDirectory()) return collect({ ...walk, prefix: `${path}/` });
  if (entry.isSymbolicLink()) throw refused(shown, "it is a link; only regular files are listed");
  if (!entry.isFile()) throw refused(shown, "it is a device, pipe or socket; only regular files are listed");
  if (!RelativePath.safeParse(path).success) throw refused(shown, "its name cannot be carried to other systems");
  walk.paths.push(path);
}
