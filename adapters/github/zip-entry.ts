import type { Entry } from "yauzl";
import { RelativePath } from "#core/names";

const MAX_DEPTH = 16;
const FILE_KIND = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const ENCRYPTED = 0x1;

/** What is wrong with an entry by its name and attributes alone; undefined when it is a plain file or folder. */
export function entryProblem(entry: Entry): string | undefined {
  const name = entry.fileName;
  const path = name.endsWith("/") ? name.slice(0, -1) : name;
  const parts = path.split("/");
  if (!RelativePath.safeParse(path).success) return "its path leaves the folder or holds forbidden characters";
  if (parts.some((part) => part === "" || part === ".")) return "its path is not in its shortest form";
  if (parts.length > MAX_DEPTH) return `it lies deeper than ${MAX_DEPTH} folders`;
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) return "it is encrypted";
  return kindProblem(entry);
}

/** Zip files made on Unix say in the upper half of the attributes what kind of file an entry is. */
function kindProblem(entry: Entry): string | undefined {
  const kind = (entry.externalFileAttributes >>> 16) & FILE_KIND;
  const expected = isFolder(entry) ? FOLDER : REGULAR;
  return kind === 0 || kind === expected ? undefined : "it is a link or a device; only regular files are read";
}

export const isFolder = (entry: Entry): boolean => entry.fileName.endsWith("/");

/** Two names that are one on a disk that does not tell letter case or Unicode forms apart. */
export const foldedName = (entry: Entry): string => entry.fileName.normalize("NFC").toLowerCase().replace(/\/$/, "");
