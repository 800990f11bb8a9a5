import { lstat, mkdir, open, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "#core/errors";
import type { Files } from "#core/ports/files";
import { writeAtomically } from "./atomic-file.ts";
import { listFolder } from "./list-folder.ts";
import { measureFile } from "./measure.ts";
import { placeOf, refused, safePlaceOf } from "./place.ts";
import { explained } from "./problems.ts";

const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

/** Files below one folder of this machine. */
export function folderFiles(folder: string): Files {
  // Absolute, because a command that is told a place runs in a folder of its own.
  const root = resolve(folder);
  const at = async <Result>(path: string, work: (place: string) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await safePlaceOf(root, path));
    } catch (error) {
      throw explained(path, error);
    }
  };
  return {
    readText: (path, maxBytes = DEFAULT_MAX_BYTES) =>
      at(path, async (place) => decode(path, await readBounded(place, path, maxBytes))),
    exists: (path) => at(path, (place) => stat(place).then((found) => found.isFile(), absent)),
    write: (path, content) => at(path, (place) => writeAtomically(place, (file) => file.writeFile(content))),
    measure: (path) => at(path, (place) => refuseUnlessFile(place, path).then(() => measureFile(place))),
    list: (folder) => at(folder, async (place) => ((await isFolder(place)) ? listFolder(place, folder) : [])),
    remove: (path) => at(path, (place) => removeFile(place, path)),
    // A link inside is removed itself, never followed.
    removeFolder: (path) => at(path, (place) => removeFolder(root, place, path)),
    makeFolder: (path) => at(path, async (place) => void (await mkdir(place, { recursive: true }))),
    locate: (path) => placeOf(root, path),
  };
}

function absent(error: NodeJS.ErrnoException): false {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return false;
  throw error;
}

function isFolder(place: string): Promise<boolean> {
  return stat(place).then((found) => found.isDirectory(), absent);
}

async function refuseUnlessFile(place: string, path: string): Promise<void> {
  const found = await stat(place);
  if (!found.isFile()) throw refused(path, found.isDirectory() ? "it is a folder" : "it is not a regular file");
}

async function readBounded(place: string, path: string, maxBytes: number): Promise<Uint8Array> {
  await refuseUnlessFile(place, path);
  const file = await open(place, "r");
  try {
    const { size } = await file.stat();
    if (size > maxBytes) {
      throw new UserError(
        "FILE_TOO_LARGE",
        `The file "${path}" has ${size} bytes; at most ${maxBytes} are read.`,
        "Check that this is the right file.",
      );
    }
    const bytes = new Uint8Array(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new UserError("FILE_NOT_UTF8", `The file "${path}" is not UTF-8 text.`, "Save it as UTF-8.", {
      cause: error,
    });
  }
}

async function removeFolder(root: string, place: string, folder: string): Promise<void> {
  if (resolve(place) === resolve(root)) throw refused(folder, "it is the folder everything lies in");
  await rm(place, { recursive: true, force: true });
}

async function removeFile(place: string, path: string): Promise<void> {
  const found = await lstat(place).catch(absent);
  if (found === false) return;
  if (found.isDirectory()) throw refused(path, "it is a folder");
  await rm(place, { force: true });
}
