import { accountOf } from "../auth/actor.ts";
import type { Cause } from "../http/call.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { fullPull } from "../resources/pull.ts";
import { mergeability } from "./mergeability.ts";

export type PullAction =
  | "opened"
  | "synchronize"
  | "edited"
  | "closed"
  | "reopened"
  | "labeled"
  | "unlabeled"
  | "review_requested"
  | "ready_for_review"
  | "converted_to_draft";

export async function announcePull(
  { state, events, actor }: Cause,
  repository: Repository,
  { issue, action, extra = {} }: { issue: PullRequest; action: PullAction; extra?: Record<string, unknown> },
): Promise<void> {
  const pull_request = await fullPull(state, repository, {
    issue,
    // GitHub has not computed it yet when it tells of a new head.
    mergeability: action === "closed" ? await mergeability(repository, issue) : { mergeable: null, state: "unknown" },
  });
  events.emit(actor, repository, {
    name: "pull_request",
    action,
    payload: { number: issue.number, pull_request, ...extra },
  });
}

export async function closePull(cause: Cause, repository: Repository, issue: PullRequest): Promise<void> {
  markClosed(cause, issue);
  await announcePull(cause, repository, { issue, action: "closed" });
}

export async function closeAsMerged(
  cause: Cause,
  repository: Repository,
  { issue, sha }: { issue: PullRequest; sha: string },
): Promise<void> {
  markMerged(cause, { issue, sha });
  await announcePull(cause, repository, { issue, action: "closed" });
}

export function markMerged(cause: Cause, { issue, sha }: { issue: PullRequest; sha: string }): void {
  markClosed(cause, issue);
  issue.pull.mergedAt = cause.state.now();
  issue.pull.mergedBy = accountOf(cause.actor);
  issue.pull.mergeCommitSha = sha;
}

function markClosed(cause: Cause, issue: PullRequest): void {
  issue.state = "closed";
  issue.closedAt = cause.state.now();
  issue.closedBy = accountOf(cause.actor);
  issue.updatedAt = issue.closedAt;
  issue.pull.autoMerge = undefined;
}
