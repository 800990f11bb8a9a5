import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { UserError } from "#core/errors";
import { writeAtomically } from "./atomic-file.ts";
import type { Measure } from "./measure.ts";
import { refused } from "./place.ts";

export interface Copy {
  readonly from: string;
  readonly to: string;
  /** What people call the file. */
  readonly name: string;
  readonly maxBytes: number;
}

/**
 * Copies a regular file, reading it once; size and digest are of what was read and written.
 * @throws UserError FILE_REFUSED for a link, SOURCE_CHANGED when the file was written to meanwhile, TOO_LARGE
 */
export async function copyFile({ from, to, name, maxBytes }: Copy): Promise<Measure> {
  const source = await openRegular(from, name);
  try {
    return await writeAtomically(to, async (target) => {
      const before = await source.stat({ bigint: true });
      if (before.size > maxBytes) throw tooLarge(name, maxBytes);
      const measured = await pump(source, target, { name, maxBytes });
      const after = await source.stat({ bigint: true });
      if (after.mtimeNs !== before.mtimeNs || after.size !== before.size || measured.size !== Number(before.size)) {
        throw changed(name);
      }
      return measured;
    });
  } finally {
    await source.close();
  }
}

/** Never waits for a pipe's writer, never follows a link. */
async function openRegular(place: string, name: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ELOOP" ? refused(name, "it is a link", error) : error;
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw refused(name, "it is not a regular file");
}

async function pump(source: FileHandle, target: FileHandle, { name, maxBytes }: Pick<Copy, "name" | "maxBytes">) {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of source.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false })) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(name, maxBytes);
    hash.update(chunk);
    await target.writeFile(chunk);
  }
  return { size, digest: `sha256:${hash.digest("hex")}` } as const;
}

function tooLarge(name: string, maxBytes: number): UserError {
  return new UserError(
    "TOO_LARGE",
    `"${name}" has more than the ${maxBytes} bytes that may still be read.`,
    "Check that this is the right file, or raise limit-bytes.",
  );
}

function changed(name: string): UserError {
  return new UserError(
    "SOURCE_CHANGED",
    `"${name}" was written to while it was read.`,
    "Let the step that writes it end before this one starts.",
  );
}
