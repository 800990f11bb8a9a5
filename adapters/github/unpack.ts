import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { UserError } from "#core/errors";
import type { ArtifactLimits } from "#core/ports/artifacts";
import { entryProblem, foldedName, isFolder } from "./zip-entry.ts";

export interface Archive {
  readonly zip: string;
  /** Names it in errors. */
  readonly name: string;
  readonly limits: ArtifactLimits;
}

/** 200:1; text compresses ten times, tables of one value a hundred times, bombs a thousand times. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 1024 * 1024;

export function refusedArtifact(name: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    "ARTIFACT_REFUSED",
    `The artifact "${name}" is refused: ${reason}.`,
    "Upload it again with regular files only; if you did not make it, do not trust the run.",
    { cause },
  );
}

/** Unpacks into an empty folder, or leaves nothing there. @returns the files' relative paths, sorted */
export async function unpack(archive: Archive, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw refusedArtifact(archive.name, `the folder ${folder} is not empty`);
  try {
    return await unpackInto(archive, folder);
  } catch (error) {
    await Promise.all(
      (await readdir(folder)).map((entry) => rm(join(folder, entry), { recursive: true, force: true })),
    );
    if (error instanceof UserError) throw error;
    throw refusedArtifact(
      archive.name,
      `it is no sound zip file (${error instanceof Error ? error.message : error})`,
      error,
    );
  }
}

async function unpackInto({ zip, name, limits }: Archive, folder: string): Promise<readonly string[]> {
  const file = await openPromise(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
  const seen = new Set<string>();
  const paths: string[] = [];
  let bytesLeft = limits.maxBytes;
  try {
    for await (const entry of file.eachEntry()) {
      const problem = entryProblem(entry) ?? collision(entry, seen, limits.maxEntries);
      if (problem !== undefined)
        throw refusedArtifact(name, `entry ${JSON.stringify(entry.fileName.slice(0, 200))}: ${problem}`);
      if (isFolder(entry)) continue;
      bytesLeft -= await writeEntry(file, entry, { name, folder, bytesLeft });
      paths.push(entry.fileName);
    }
  } finally {
    file.close();
  }
  return paths.sort();
}

function collision(entry: Entry, seen: Set<string>, maxEntries: number): string | undefined {
  if (seen.size >= maxEntries) return `there are more than ${maxEntries} entries`;
  const folded = foldedName(entry);
  if (seen.has(folded)) return "another entry has the same name when letter case is not told apart";
  seen.add(folded);
  return undefined;
}

interface Room {
  readonly name: string;
  readonly folder: string;
  readonly bytesLeft: number;
}

/** Declared sizes may lie, so the bytes are counted while they are inflated. */
async function writeEntry(file: ZipFile, entry: Entry, { name, folder, bytesLeft }: Room): Promise<number> {
  const place = join(folder, entry.fileName);
  const largest = Math.max(RATIO_FREE_BYTES, entry.compressedSize * MAX_RATIO);
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      const reason =
        bytes > bytesLeft ? "the artifact unpacks to too many bytes" : "it unpacks to over 200 times its size";
      if (bytes <= bytesLeft && bytes <= largest) done(null, chunk);
      else done(refusedArtifact(name, `entry "${entry.fileName}": ${reason}`));
    },
  });
  await mkdir(dirname(place), { recursive: true });
  await pipeline(
    await file.openReadStreamPromise(entry),
    bounded,
    createWriteStream(place, { flags: "wx", mode: 0o644 }),
  );
  return bytes;
}
