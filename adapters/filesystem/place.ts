import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { UserError } from "#core/errors";
import { RelativePath } from "#core/names";

/** Where a relative path lies below the root, by its spelling alone. */
export function placeOf(root: string, path: string): string {
  if (!RelativePath.safeParse(path).success) {
    throw refused(path, "it is not a relative path with forward slashes that stays inside the folder");
  }
  return join(root, path);
}

/** The same, and no link on the way leads out of the root. The file, its folders and the root itself may be missing. */
export async function safePlaceOf(root: string, path: string): Promise<string> {
  const place = placeOf(root, path);
  if (!isInside(await realPlace(root), await realPlace(place)))
    throw refused(path, "a link on the way leads out of the folder");
  return place;
}

/** Follows every link of the part of the path that exists; the rest is as it was given. */
async function realPlace(place: string): Promise<string> {
  const found = await lstat(place).catch(() => undefined);
  if (found !== undefined) return realpath(place);
  const parent = dirname(place);
  return parent === place ? place : join(await realPlace(parent), basename(place));
}

function isInside(root: string, place: string): boolean {
  const way = relative(root, place);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`));
}

export function refused(path: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    "FILE_REFUSED",
    `The path "${path}" is refused: ${reason}.`,
    "Use a regular file inside the folder.",
    { cause },
  );
}
