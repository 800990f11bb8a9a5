import { accountOf } from "../auth/actor.ts";
import { type MergeRequest, mergeCommit } from "../git/merge.ts";
import { ApiError } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { pullCommits } from "../resources/pull.ts";
import { missingRequirements } from "./mergeability.ts";
import { announcePull, markMerged } from "./pull.ts";
import { refMoved } from "./push.ts";
import { signatureOf, webFlow } from "./signature.ts";

export interface MergeWish {
  readonly method: MergeRequest["method"];
  readonly sha: string | undefined;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

const notMergeable = () => new ApiError(405, "Pull Request is not mergeable");

/** Merges into the base branch and announces it; answers the commit the base branch now has. */
export async function mergePull(
  cause: Cause,
  repository: Repository,
  { issue, wish }: { issue: PullRequest; wish: MergeWish },
): Promise<string> {
  const { pull } = issue;
  if (issue.state === "closed" || pull.draft) throw notMergeable();
  if (wish.sha !== undefined && wish.sha !== pull.headSha) {
    throw new ApiError(409, "Head branch was modified. Review and try the merge again.");
  }
  const missing = missingRequirements(repository, issue);
  if (missing.length > 0) throw new ApiError(405, missing.join(" "));
  const from = pull.baseSha;
  const to = await mergeCommit(repository.git, await request(cause, repository, { issue, wish }));
  if (to === undefined) throw notMergeable();
  const ref = `refs/heads/${pull.baseBranch}`;
  if (!(await repository.git.moveRef({ ref, from, to }))) {
    throw new ApiError(409, "Base branch was modified. Review and try the merge again.");
  }
  markMerged(cause, { issue, sha: to });
  await announcePull(cause, repository, { issue, action: "closed" });
  await refMoved(cause, repository, { ref, from, to });
  return to;
}

async function request(
  cause: Cause,
  repository: Repository,
  { issue, wish }: { issue: PullRequest; wish: MergeWish },
): Promise<MergeRequest> {
  const { state } = cause;
  const account = accountOf(cause.actor) ?? repository.owner;
  const author = wish.method === "squash" ? issue.author : account;
  return {
    base: issue.pull.baseSha,
    head: issue.pull.headSha,
    method: wish.method,
    message: await mergeMessage(repository, issue, wish),
    author: signatureOf(state, author),
    committer: webFlow(state),
  };
}

async function mergeMessage(repository: Repository, issue: PullRequest, wish: MergeWish): Promise<string> {
  const title = wish.title ?? defaultTitle(repository, issue, wish.method);
  const body = wish.message ?? (wish.method === "squash" ? await squashedMessages(repository, issue) : issue.title);
  return body === "" ? title : `${title}\n\n${body}`;
}

function defaultTitle(repository: Repository, issue: PullRequest, method: MergeRequest["method"]): string {
  return method === "squash"
    ? `${issue.title} (#${issue.number})`
    : `Merge pull request #${issue.number} from ${repository.owner.login}/${issue.pull.headBranch}`;
}

async function squashedMessages(repository: Repository, issue: PullRequest): Promise<string> {
  const shas = await pullCommits(repository, issue);
  if (shas.length < 2) return "";
  const commits = await Promise.all(shas.map((sha) => repository.git.knownCommit(sha)));
  return commits.map((commit) => `* ${commit.message}`).join("\n\n");
}
