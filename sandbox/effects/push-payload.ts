import type { GitCommit } from "../git/commit.ts";
import { changedFiles } from "../git/diff.ts";
import { commitsBetween, isAncestor } from "../git/history.ts";
import { EMPTY_TREE, type RefMove, ZERO_SHA } from "../git/store.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { htmlUrl } from "../resources/repository.ts";
import { noreplyEmail } from "../resources/user.ts";
import type { SandboxState } from "../state.ts";

/** GitHub lists at most 2,048 commits of a push; a sandbox has no use for so many. */
const MAX_COMMITS = 20;

export async function pushPayload(
  state: SandboxState,
  repository: Repository,
  { move, pusher }: { move: RefMove; pusher: Account },
): Promise<Record<string, unknown>> {
  const { ref, from, to } = move;
  const created = from === ZERO_SHA;
  const deleted = to === ZERO_SHA;
  const commits = await pushedCommits(state, repository, move);
  const tip = deleted ? undefined : await repository.git.commit(to);
  const head = tip ? await pushedCommit(state, repository, tip) : null;
  return {
    ref,
    before: from,
    after: to,
    created,
    deleted,
    forced: !created && !deleted && !(await isAncestor(repository.git, from, to)),
    base_ref: null,
    compare: `${htmlUrl(state, repository)}/compare/${from.slice(0, 12)}...${to.slice(0, 12)}`,
    commits,
    head_commit: head,
    pusher: { name: pusher.login, email: noreplyEmail(pusher) },
  };
}

async function pushedCommits(state: SandboxState, repository: Repository, { from, to }: RefMove) {
  const isCommit = (await repository.git.commitSha(to)) === to;
  if (!isCommit) return [];
  const shas = from === ZERO_SHA ? [to] : await commitsBetween(repository.git, from, to);
  const commits = await Promise.all(shas.slice(0, MAX_COMMITS).map((sha) => repository.git.knownCommit(sha)));
  return Promise.all(commits.reverse().map((commit) => pushedCommit(state, repository, commit)));
}

async function pushedCommit(state: SandboxState, repository: Repository, commit: GitCommit) {
  const files = await changedFiles(repository.git, commit.parents[0] ?? EMPTY_TREE, commit.sha);
  const paths = (...statuses: string[]) => files.filter((f) => statuses.includes(f.status)).map((file) => file.path);
  const { author, committer } = commit;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: committer.date,
    url: `${htmlUrl(state, repository)}/commit/${commit.sha}`,
    author: { name: author.name, email: author.email, date: author.date },
    committer: { name: committer.name, email: committer.email, date: committer.date },
    added: paths("added"),
    removed: paths("removed"),
    modified: paths("modified", "renamed"),
  };
}
