import { type Digest, digestOf } from "../../digest.ts";
import { UserError } from "../../errors.ts";
import { fileList } from "../../model/model-files.ts";
import { RelativePath } from "../../names.ts";
import type { SnapshotFile } from "./dataset-record.ts";

const PARTITION = /^(?<key>[^=]+)=(?<value>.*)$/;

/**
 * Names for a snapshot's files: without the folders all of them share, so that the same files have the same names
 * wherever they lie, but with every folder such as `year=2026`, which says something of the rows.
 * @throws UserError SOURCE_REFUSED for two files of one name, or a name that cannot be carried to other systems
 */
export function snapshotPaths(names: readonly string[]): readonly string[] {
  const split = names.map((name) => name.replace(/^https?:\/\//, "").split("/"));
  const shared = sharedFolders(split);
  const paths = split.map((parts) => parts.slice(shared).join("/"));
  const wrong = paths.find((path) => !RelativePath.safeParse(path).success);
  if (wrong !== undefined) throw refused(`The name ${JSON.stringify(wrong.slice(0, 80))} cannot be a file's`);
  const seen = new Set<string>();
  for (const path of paths.map((each) => each.toLowerCase())) {
    if (seen.has(path)) throw refused(`Two files would be called "${path}" (letter case is not told apart)`);
    seen.add(path);
  }
  return paths;
}

function sharedFolders([first = [], ...others]: readonly (readonly string[])[]): number {
  const folders = first.slice(0, -1);
  const differs = (part: string, at: number) =>
    PARTITION.test(part) || others.some((other) => at >= other.length - 1 || other[at] !== part);
  const end = folders.findIndex(differs);
  return end === -1 ? folders.length : end;
}

function refused(problem: string): UserError {
  return new UserError("SOURCE_REFUSED", `${problem}.`, "Rename it where it comes from, or name fewer files.");
}

/** The columns that folders such as `year=2026` add to a file's rows, outermost first. */
export function partitionColumns(path: string): readonly string[] {
  return path
    .split("/")
    .slice(0, -1)
    .flatMap((part) => PARTITION.exec(part)?.groups?.["key"] ?? []);
}

/** Names a snapshot: its one file, or the list of its files. */
export function snapshotDigest(files: readonly SnapshotFile[]): Digest {
  const [only, second] = files;
  return only !== undefined && second === undefined ? only.digest : digestOf(fileList(files));
}
