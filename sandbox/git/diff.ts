import { git } from "./git.ts";
import type { GitStore } from "./store.ts";

export interface FileChange {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks without the file header; undefined for binary files and pure renames. */
  readonly patch: string | undefined;
}

const STATUS: Readonly<Record<string, FileChange["status"]>> = { A: "added", D: "removed", R: "renamed" };

/** Unified diff between two trees, as `git diff` prints it. */
export async function unifiedDiff(store: GitStore, from: string, to: string): Promise<string> {
  return (await git(store.directory, ["diff-tree", "-r", "-M", "-p", "--full-index", from, to])).toString();
}

export async function changedFiles(store: GitStore, from: string, to: string): Promise<FileChange[]> {
  const [raw, counts, diff] = await Promise.all([
    git(store.directory, ["diff-tree", "-r", "-M", "-z", "--raw", "--no-abbrev", from, to]),
    git(store.directory, ["diff-tree", "-r", "-M", "-z", "--numstat", from, to]),
    unifiedDiff(store, from, to),
  ]);
  const numbers = parseNumstat(counts.toString());
  const patches = diff.split(/^(?=diff --git )/m).filter((part) => part !== "");
  return parseRaw(raw.toString()).map((file, index) => ({
    ...file,
    additions: numbers[index]?.additions ?? 0,
    deletions: numbers[index]?.deletions ?? 0,
    patch: hunks(patches[index] ?? ""),
  }));
}

function hunks(patch: string): string | undefined {
  const start = patch.search(/^@@ /m);
  return start < 0 ? undefined : patch.slice(start).replace(/\n$/, "");
}

type RawChange = Pick<FileChange, "path" | "previousPath" | "status" | "sha">;

function parseRaw(output: string): RawChange[] {
  const fields = output.split("\0");
  const changes: RawChange[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const change = parseChange(fields.slice(at, at + 3));
    changes.push(change);
    at += change.previousPath === undefined ? 2 : 3;
  }
  return changes;
}

/** `:modes shas code`, then one path, or two for a rename. */
function parseChange([header = "", first = "", second = ""]: readonly string[]): RawChange {
  const [, , before = "", after = "", code = ""] = header.split(" ");
  const status = STATUS[code.charAt(0)] ?? "modified";
  const sha = status === "removed" ? before : after;
  return status === "renamed"
    ? { path: second, previousPath: first, status, sha }
    : { path: first, previousPath: undefined, status, sha };
}

/** `-z` prints a rename as `counts\t\0old\0new\0`. */
function parseNumstat(output: string): { additions: number; deletions: number }[] {
  const fields = output.split("\0");
  const counts: { additions: number; deletions: number }[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const [added = "0", deleted = "0", path = ""] = (fields[at] ?? "").split("\t");
    counts.push({ additions: Number(added) || 0, deletions: Number(deleted) || 0 });
    at += path === "" ? 3 : 1;
  }
  return counts;
}
