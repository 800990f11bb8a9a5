import { hash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import integrity from "./binding-integrity.json" with { type: "json" };
import { isKept, keep } from "./kept-binding.ts";
import { missing } from "./missing-binding.ts";
import { npmPack, otherBytes } from "./npm-pack.ts";
import { unpackPackage } from "./unpack-package.ts";

export interface Wanted {
  readonly platform: string;
  readonly toolCache: string;
  readonly registry: string | undefined;
}

/**
 * The folder of the binding in the tool cache, fetched when it is not there. The package is checked against the lock
 * file's SHA-512 before a byte of it is unpacked.
 * @throws UserError DATA_ENGINE_MISSING, DATA_ENGINE_REFUSED
 */
export async function fetchBinding({ platform, toolCache, registry }: Wanted): Promise<string> {
  const expected = new Map(Object.entries(integrity.packages)).get(platform);
  if (expected === undefined) throw missing(`there is none for ${platform}`);
  const folder = join(toolCache, "tidemark-duckdb", integrity.version, platform);
  if (await isKept(folder, expected)) return folder;
  const workshop = await workshopBeside(folder);
  try {
    const name = `@duckdb/node-bindings-${platform}@${integrity.version}`;
    const archive = await npmPack(name, { folder: workshop, registry });
    if (`sha512-${hash("sha512", archive, "base64")}` !== expected) throw otherBytes(name);
    const unpacked = join(workshop, "unpacked");
    await mkdir(unpacked);
    await keep(unpacked, unpackPackage(archive), expected);
    await moveInto(unpacked, folder, expected);
    return folder;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function workshopBeside(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    return await mkdtemp(`${folder}-`);
  } catch (cause) {
    throw missing(`the tool cache cannot be written to (${codeOf(cause)})`, cause);
  }
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "unknown reason");

/** Another job on this machine may have been first; then its copy, of the same bytes, stays. */
async function moveInto(fresh: string, folder: string, expected: string): Promise<void> {
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (await isKept(folder, expected)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder).catch(() => {
      throw error;
    });
  }
}
