import { hash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const SEAL = ".complete";

const Seal = z.object({
  /** The package's SHA-512, as the lock file has it. */
  package: z.string(),
  /** SHA-256 of each file that was in it. */
  files: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), z.string()),
});

export interface KeptFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Writes the files of a checked package, and last of all the seal that says so. */
export async function keep(folder: string, files: readonly KeptFile[], integrity: string): Promise<void> {
  for (const { name, content } of files) await writeFile(join(folder, name), content);
  const seal: z.output<typeof Seal> = {
    package: integrity,
    files: Object.fromEntries(files.map(({ name, content }) => [name, hash("sha256", content)])),
  };
  await writeFile(join(folder, SEAL), `${JSON.stringify(seal)}\n`);
}

/**
 * Whether the folder holds that package's files, whole. It finds what a full disk or a stray hand did; who can write to
 * the tool cache on purpose could exchange any tool in it.
 */
export async function isKept(folder: string, integrity: string): Promise<boolean> {
  try {
    const seal = Seal.parse(JSON.parse(await readFile(join(folder, SEAL), "utf8")));
    if (seal.package !== integrity) return false;
    for (const [name, expected] of Object.entries(seal.files)) {
      if (hash("sha256", await readFile(join(folder, name))) !== expected) return false;
    }
    return true;
  } catch {
    return false;
  }
}
