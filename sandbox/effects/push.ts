import { accountOf } from "../auth/actor.ts";
import { isAncestor } from "../git/history.ts";
import { type RefMove, ZERO_SHA } from "../git/store.ts";
import type { Cause } from "../http/call.ts";
import { isPull, type PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { ensureSuite } from "./check.ts";
import { announcePull, closeAsMerged, closePull } from "./pull.ts";
import { pushPayload } from "./push-payload.ts";

/** Everything that follows from a ref having moved, by git or by the API: events, pull requests, check suites. */
export async function refMoved(cause: Cause, repository: Repository, move: RefMove): Promise<void> {
  // GitHub announces branches and tags only; other refs, such as locks, move silently.
  if (!/^refs\/(heads|tags)\//.test(move.ref)) return;
  repository.pushedAt = cause.state.now();
  announceRef(cause, repository, move);
  const pusher = accountOf(cause.actor) ?? repository.owner;
  const payload = await pushPayload(cause.state, repository, { move, pusher });
  cause.events.emit(cause.actor, repository, { name: "push", payload });
  const branch = branchOf(move.ref);
  if (branch === undefined) return;
  if (move.to !== ZERO_SHA) await requestSuites(cause, repository, { branch, move });
  await moveHeads(cause, repository, { branch, move });
  await moveBases(cause, repository, { branch, move });
}

interface BranchMove {
  readonly branch: string;
  readonly move: RefMove;
}

export function branchOf(ref: string): string | undefined {
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
}

function announceRef({ state: _, events, actor }: Cause, repository: Repository, { ref, from, to }: RefMove): void {
  if (from !== ZERO_SHA && to !== ZERO_SHA) return;
  const isTag = ref.startsWith("refs/tags/");
  const name = ref.replace(/^refs\/(heads|tags)\//, "");
  const about = { ref: name, ref_type: isTag ? "tag" : "branch", pusher_type: "user" };
  const payload = to === ZERO_SHA ? about : { ...about, master_branch: repository.defaultBranch, description: null };
  events.emit(actor, repository, { name: to === ZERO_SHA ? "delete" : "create", payload });
}

/** GitHub opens a suite for every app that may write checks, and tells that app. */
async function requestSuites(cause: Cause, repository: Repository, { branch, move }: BranchMove): Promise<void> {
  for (const { app, repositoryIds } of cause.state.installations.values()) {
    if (!repositoryIds.has(repository.id) || app.permissions["checks"] !== "write") continue;
    await ensureSuite(cause, repository, { app, headSha: move.to, headBranch: branch, beforeSha: move.from });
  }
}

const openPulls = (repository: Repository): PullRequest[] =>
  [...repository.issues.values()].filter(isPull).filter((issue) => issue.state === "open");

async function moveHeads(cause: Cause, repository: Repository, { branch, move }: BranchMove): Promise<void> {
  for (const issue of openPulls(repository).filter(({ pull }) => pull.headBranch === branch)) {
    if (move.to === ZERO_SHA) {
      await closePull(cause, repository, issue);
      continue;
    }
    const before = issue.pull.headSha;
    issue.pull.headSha = move.to;
    issue.pull.mergeableReads = 0;
    issue.updatedAt = cause.state.now();
    await setPullRef(repository, issue);
    await announcePull(cause, repository, { issue, action: "synchronize", extra: { before, after: move.to } });
  }
}

/** A pull request whose commits reached its base by a plain push counts as merged. */
async function moveBases(cause: Cause, repository: Repository, { branch, move }: BranchMove): Promise<void> {
  if (move.to === ZERO_SHA) return;
  for (const issue of openPulls(repository).filter(({ pull }) => pull.baseBranch === branch)) {
    const merged = await isAncestor(repository.git, issue.pull.headSha, move.to);
    if (merged) await closeAsMerged(cause, repository, { issue, sha: move.to });
    else issue.pull.baseSha = move.to;
  }
}

/** `git fetch origin pull/1/head` works as on GitHub. */
export async function setPullRef(repository: Repository, issue: PullRequest): Promise<void> {
  const ref = `refs/pull/${issue.number}/head`;
  const from = (await repository.git.commitSha(ref)) ?? ZERO_SHA;
  await repository.git.moveRef({ ref, from, to: issue.pull.headSha });
}
