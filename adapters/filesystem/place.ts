import { lstat, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { UserError } from "#core/errors";
import { RelativePath } from "#core/names";

/** Where a relative path lies below the root, by its spelling alone. */
export function placeOf(root: string, path: string): string {
  if (!RelativePath.safeParse(path).success) {
    throw refused(path, "it is not a relative path with forward slashes that stays inside the folder");
  }
  return join(root, path);
}

/** The same, and no link on the way leads out of the root. The file itself and its folders may be missing. */
export async function safePlaceOf(root: string, path: string): Promise<string> {
  const place = placeOf(root, path);
  const realRoot = await realpath(root).catch(() => root);
  if (!isInside(realRoot, await realPlace(place))) throw refused(path, "a link on the way leads out of the folder");
  return place;
}

/** Follows every link of the part of the path that exists. */
async function realPlace(place: string): Promise<string> {
  const found = await lstat(place).catch(() => undefined);
  if (found !== undefined) return realpath(place);
  const parent = dirname(place);
  return parent === place ? place : realPlace(parent);
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
