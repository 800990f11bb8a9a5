import { accountOf } from "../auth/actor.ts";
import type { Signature } from "../git/commit.ts";
import { ZERO_SHA } from "../git/store.ts";
import type { Cause } from "../http/call.ts";
import type { Repository } from "../model/repository.ts";
import { refMoved } from "./push.ts";
import { signatureOf, webFlow } from "./signature.ts";

/** Writes a file, or deletes it when `content` is null. */
export interface FileEdit {
  readonly path: string;
  readonly content: Buffer | null;
}

export interface CommitWish {
  readonly branch: string;
  readonly message: string;
  readonly edits: readonly FileEdit[];
  readonly author?: Signature | undefined;
  /** The tip the caller saw; undefined takes whatever it is now. */
  readonly expectedHead?: string;
}

/** Commits on top of a branch and announces the push; undefined when the branch is elsewhere than expected. */
export async function commitFiles(cause: Cause, repository: Repository, wish: CommitWish): Promise<string | undefined> {
  const { git } = repository;
  const tip = await git.branchSha(wish.branch);
  if (wish.expectedHead !== undefined && wish.expectedHead !== tip) return undefined;
  const author = wish.author ?? signatureOf(cause.state, accountOf(cause.actor) ?? repository.owner);
  const tree = await git.editTree(tip, await Promise.all(wish.edits.map((edit) => treeEdit(repository, edit, tip))));
  const parents = tip === undefined ? [] : [tip];
  const to = await git.writeCommit({ tree, parents, message: wish.message, author, committer: webFlow(cause.state) });
  const move = { ref: `refs/heads/${wish.branch}`, from: tip ?? ZERO_SHA, to };
  if (!(await git.moveRef(move))) return undefined;
  await refMoved(cause, repository, move);
  return to;
}

async function treeEdit({ git }: Repository, { path, content }: FileEdit, tip: string | undefined) {
  if (content === null) return { path, mode: "100644", sha: null };
  return { path, mode: await modeAt(git, path, tip), sha: await git.writeBlob(content) };
}

/** An edit keeps a script executable. */
async function modeAt(git: Repository["git"], path: string, tip: string | undefined): Promise<string> {
  const folder = path.split("/").slice(0, -1).join("/");
  const tree = tip === undefined ? undefined : await git.tree(folder === "" ? tip : `${tip}:${folder}`);
  const name = path.split("/").at(-1);
  return tree?.entries.find((entry) => entry.path === name && entry.type === "blob")?.mode ?? "100644";
}
