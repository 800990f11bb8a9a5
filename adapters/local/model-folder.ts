import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import { type ModelFile, modelDigest } from "#core/model/model-files";
import type { Release } from "#core/ports/deploy-target";

/** Where a version's files lie; absolute, because the server may run elsewhere. */
export function modelFolder(stateFolder: string, digest: Digest): string {
  // Not in one call: the bundler takes `resolve(…, "models", …)` for files to ship with the action.
  return `${resolve(stateFolder)}/models/${digest.slice("sha256:".length)}`;
}

/** Copies the release's files to a folder named by their digest and hashes the copies; a good copy is kept. */
export async function copyRelease(stateFolder: string, { model, digest, folder }: Release): Promise<string> {
  const place = modelFolder(stateFolder, digest);
  if ((await digestOfFolder(place).catch(() => undefined)) === digest) return place;
  const temporary = `${place}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await copyFiles(folder, temporary);
    const found = await digestOfFolder(temporary);
    if (found !== digest) throw changed(model, digest, found);
    await rm(place, { recursive: true, force: true });
    await rename(temporary, place);
    return place;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function changed(model: string, digest: Digest, found: Digest): UserError {
  return new UserError(
    "RELEASE_CHANGED",
    `The files of "${model}" were to be ${digest} but are ${found}.`,
    "Deploy again; if it stays, the stored files are damaged and the candidate has to be trained again.",
  );
}

async function copyFiles(from: string, to: string): Promise<void> {
  for (const path of await regularFiles(from)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await copyFile(join(from, path), join(to, path));
  }
}

async function digestOfFolder(folder: string): Promise<Digest> {
  const files: ModelFile[] = [];
  for (const path of await regularFiles(folder)) files.push({ path, ...(await measure(join(folder, path))) });
  return modelDigest(files);
}

async function regularFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return [];
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (entry.isFile()) return [path];
    throw new UserError(
      "FILE_REFUSED",
      `The model's file "${path}" is not a regular file.`,
      "Release regular files only.",
    );
  });
}

async function measure(path: string): Promise<Pick<ModelFile, "size" | "digest">> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, digest: `sha256:${hash.digest("hex")}` };
}
