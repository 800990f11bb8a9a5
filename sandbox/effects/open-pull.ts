import { accountOf } from "../auth/actor.ts";
import { commitsBetween } from "../git/history.ts";
import { ApiError, validationFailed } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import { isPull, type PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { checkBody, newIssue } from "./issue.ts";
import { announcePull } from "./pull.ts";
import { setPullRef } from "./push.ts";

export interface PullWish {
  readonly title: string;
  readonly head: string;
  readonly base: string;
  readonly body?: string | null | undefined;
  readonly draft: boolean;
}

const refuse = (field: string, message?: string) =>
  validationFailed({
    resource: "PullRequest",
    field,
    ...(message ? { code: "custom", message } : { code: "invalid" }),
  });

export async function openPull(cause: Cause, repository: Repository, wish: PullWish): Promise<PullRequest> {
  const { state } = cause;
  const headBranch = wish.head.slice(wish.head.indexOf(":") + 1);
  const headSha = await repository.git.branchSha(headBranch);
  const baseSha = await repository.git.branchSha(wish.base);
  if (headSha === undefined) throw refuse("head");
  if (baseSha === undefined) throw refuse("base");
  if ((await commitsBetween(repository.git, baseSha, headSha)).length === 0) throw noCommits(wish.base, headBranch);
  refuseTwin(repository, { headBranch, base: wish.base });
  checkBody(wish.body ?? "");
  const author = accountOf(cause.actor) ?? repository.owner;
  const issue = newIssue(state, repository, { author, title: wish.title, body: wish.body ?? null });
  const pull = {
    id: state.nextId(),
    draft: wish.draft,
    headBranch,
    headSha,
    baseBranch: wish.base,
    baseSha,
    mergedAt: undefined,
    mergedBy: undefined,
    mergeCommitSha: undefined,
    reviews: [],
    requestedReviewers: [],
    autoMerge: undefined,
    mergeableReads: 0,
  };
  const opened: PullRequest = Object.assign(issue, { pull });
  await setPullRef(repository, opened);
  await announcePull(cause, repository, { issue: opened, action: "opened" });
  return opened;
}

function noCommits(base: string, head: string): ApiError {
  const message = `No commits between ${base} and ${head}`;
  return new ApiError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
}

function refuseTwin(repository: Repository, at: { headBranch: string; base: string }): void {
  const twin = [...repository.issues.values()]
    .filter(isPull)
    .some(({ state, pull }) => state === "open" && pull.headBranch === at.headBranch && pull.baseBranch === at.base);
  if (!twin) return;
  const message = `A pull request already exists for ${repository.owner.login}:${at.headBranch}.`;
  throw new ApiError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
}
