import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file of the repository whose text is derived. */
export interface DerivedFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The derived files whose text on disk is another one. */
export async function differing(root: string, files: readonly DerivedFile[]): Promise<readonly DerivedFile[]> {
  const checked = await Promise.all(
    files.map(async (file) => ({ file, same: (await readIfPresent(join(root, file.path))) === file.text })),
  );
  return checked.filter(({ same }) => !same).map(({ file }) => file);
}

/** Written beside its place and renamed, so that a killed run leaves the old text or the new one. */
export async function write(root: string, { path, text }: DerivedFile): Promise<void> {
  const target = join(root, path);
  const temporary = `${target}.${process.pid}.tmp`;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, target);
}
