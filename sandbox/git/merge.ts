import type { Signature } from "./commit.ts";
import { GitError, gitText } from "./git.ts";
import { commitsBetween, mergeBase } from "./history.ts";
import type { GitStore } from "./store.ts";

export interface MergeRequest {
  readonly base: string;
  readonly head: string;
  readonly method: "merge" | "squash" | "rebase";
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** Tree of both sides merged; undefined when they conflict. */
export async function mergedTree(store: GitStore, base: string, head: string): Promise<string | undefined> {
  try {
    const output = await gitText(store.directory, ["merge-tree", "--write-tree", base, head]);
    return output.split("\n")[0];
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** The commit the base branch should move to; undefined on a conflict. Writes objects, moves no ref. */
export async function mergeCommit(store: GitStore, request: MergeRequest): Promise<string | undefined> {
  if (request.method === "rebase") return rebase(store, request);
  const tree = await mergedTree(store, request.base, request.head);
  if (tree === undefined) return undefined;
  const parents = request.method === "merge" ? [request.base, request.head] : [request.base];
  return store.writeCommit({ ...request, tree, parents });
}

async function rebase(store: GitStore, request: MergeRequest): Promise<string | undefined> {
  const fork = await mergeBase(store, request.base, request.head);
  if (fork === undefined) return undefined;
  let tip = request.base;
  for (const sha of (await commitsBetween(store, fork, request.head)).reverse()) {
    const picked = await cherryPick(store, { sha, onto: tip, committer: request.committer });
    if (picked === undefined) return undefined;
    tip = picked;
  }
  return tip;
}

/**
 * `merge-tree` finds the merge base itself (choosing one needs git 2.40), so the tip is presented as a
 * throw-away child of the picked commit's parent: that parent is then the merge base.
 */
async function cherryPick(
  store: GitStore,
  pick: { sha: string; onto: string; committer: Signature },
): Promise<string | undefined> {
  const commit = await store.knownCommit(pick.sha);
  const onto = await store.knownCommit(pick.onto);
  const parent = commit.parents[0];
  const disguise = await store.writeCommit({
    ...onto,
    parents: parent === undefined ? [] : [parent],
    message: "merge base",
  });
  const tree = await mergedTree(store, disguise, pick.sha);
  return tree === undefined
    ? undefined
    : store.writeCommit({ ...commit, tree, parents: [pick.onto], committer: pick.committer });
}
