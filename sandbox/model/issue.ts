import type { Account } from "./account.ts";

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Reaction {
  readonly id: number;
  readonly content: "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";
  readonly user: Account;
  readonly createdAt: string;
}

export interface Comment {
  readonly id: number;
  readonly issueNumber: number;
  readonly author: Account;
  readonly appId: number | undefined;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: Reaction[];
  minimizedReason: string | undefined;
}

export interface Review {
  readonly id: number;
  readonly author: Account;
  body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly commitSha: string;
  submittedAt: string;
}

/** The part of an issue that makes it a pull request. */
export interface PullDetails {
  readonly id: number;
  draft: boolean;
  readonly headBranch: string;
  headSha: string;
  baseBranch: string;
  baseSha: string;
  mergedAt: string | undefined;
  mergedBy: Account | undefined;
  mergeCommitSha: string | undefined;
  readonly reviews: Review[];
  requestedReviewers: Account[];
  autoMerge: { enabledBy: Account; method: "merge" | "squash" | "rebase" } | undefined;
  /** Reads of `mergeable` so far; a fault may make the first ones answer null. */
  mergeableReads: number;
}

/** GitHub numbers issues and pull requests together; a pull request is an issue with a `pull` part. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | null;
  labels: Label[];
  assignees: Account[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | undefined;
  closedBy: Account | undefined;
  readonly reactions: Reaction[];
  pull: PullDetails | undefined;
}

export type PullRequest = Issue & { pull: PullDetails };

export function isPull(issue: Issue | undefined): issue is PullRequest {
  return issue?.pull !== undefined;
}
