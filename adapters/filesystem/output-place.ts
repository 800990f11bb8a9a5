import { randomBytes } from "node:crypto";
import { lstat, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { OutputPlace } from "#core/ports/output-place";
import { writeAtomically } from "./atomic-file.ts";
import { measureFile } from "./measure.ts";
import { refused, safePlaceOf } from "./place.ts";
import { explained } from "./problems.ts";

/** Outputs below a folder of this machine. @param keep places that no output may replace, from that folder or absolute */
export function outputPlace(folder: string, keep: readonly string[] = []): OutputPlace {
  const root = resolve(folder);
  const kept = ["", ...keep].map((place) => resolve(root, place));
  const at = async (path: string, work: (place: string) => Promise<void>): Promise<void> => {
    try {
      // Without a slash at its end.
      await work(resolve(await safePlaceOf(root, path)));
    } catch (error) {
      throw explained(path, error);
    }
  };
  return {
    placeFile: (path, file) => at(path, (place) => copyTo(place, file)),
    placeFolder: (path, files) =>
      at(path, async (place) => {
        const held = kept.find((each) => each === place || each.startsWith(place + sep));
        if (held !== undefined) throw refused(path, `it would be replaced, and holds "${relative(root, held) || "."}"`);
        const next = beside(place, "new");
        await mkdir(next, { recursive: true });
        try {
          for (const { path: inside, file } of files) await copyTo(await safePlaceOf(next, inside), file);
          await swap(place, next, path);
        } finally {
          await rm(next, { recursive: true, force: true });
        }
      }),
  };
}

async function copyTo(place: string, file: string): Promise<void> {
  await writeAtomically(place, async (copy) => void (await measureFile(file, copy)));
}

const beside = (place: string, what: string): string =>
  join(dirname(place), `.${basename(place)}.${randomBytes(6).toString("hex")}.${what}`);

/** Two renames: no system swaps folders in one that is the same everywhere. When the second fails, the first is undone. */
async function swap(place: string, next: string, path: string): Promise<void> {
  const found = await lstat(place).catch(() => undefined);
  if (found !== undefined && !found.isDirectory())
    throw refused(path, "it is not a folder, and there are several files");
  if (found === undefined) return rename(next, place);
  const old = beside(place, "old");
  await rename(place, old);
  try {
    await rename(next, place);
  } catch (error) {
    await rename(old, place);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
