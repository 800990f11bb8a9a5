import { GitError, gitText } from "./git.ts";
import type { GitStore } from "./store.ts";

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** Commits reachable from `include` and not from `exclude`, newest first. */
export async function commitsBetween(store: GitStore, exclude: string, include: string): Promise<string[]> {
  return lines(await gitText(store.directory, ["rev-list", "--topo-order", include, `^${exclude}`]));
}

export async function commitsFrom(store: GitStore, sha: string, path?: string): Promise<string[]> {
  const filter = path === undefined ? [] : ["--", path];
  return lines(await gitText(store.directory, ["rev-list", "--topo-order", sha, ...filter]));
}

export async function mergeBase(store: GitStore, one: string, other: string): Promise<string | undefined> {
  try {
    return await gitText(store.directory, ["merge-base", one, other]);
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

export async function isAncestor(store: GitStore, ancestor: string, descendant: string): Promise<boolean> {
  return (await mergeBase(store, ancestor, descendant)) === ancestor;
}
