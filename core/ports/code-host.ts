import type { ReviewState } from "../promotion/approvals.ts";
import type { ArtifactSource } from "./artifacts.ts";

// GitHub in our words, one interface per concern, so that a use case names only what it touches.
// All of them throw UserError: GITHUB_UNAUTHORIZED, GITHUB_FORBIDDEN (naming the missing permission),
// GITHUB_NOT_FOUND, GITHUB_UNAVAILABLE. A creating call is never repeated blindly: it runs once, with a time
// limit; when its outcome is unknown, the adapter reads back by the given marker before it tries again.

export interface RepositoryRef {
  readonly owner: string;
  readonly name: string;
}

export interface Contents {
  /** Text of a file at a commit or branch; undefined when there is none. At most 1 MiB. */
  read(path: string, ref: string): Promise<string | undefined>;
}

export interface Branches {
  readonly defaultBranch: () => Promise<string>;
  /** The branch's head commit; undefined when there is no such branch. */
  head(branch: string): Promise<string | undefined>;
  /** Whether the branch's history holds the commit: it was merged or pushed there, not only proposed. */
  contains(branch: string, commit: string): Promise<boolean>;
  /** Creates the branch at a commit. An existing one at whatever commit is left alone: "exists". */
  create(branch: string, commit: string): Promise<"created" | "exists">;
  /** Commits one file on top of `expectedHead`; "moved" when the branch is elsewhere by now. */
  commitFile(change: FileChange): Promise<"committed" | "unchanged" | "moved">;
  remove(branch: string): Promise<void>;
}

export interface FileChange {
  readonly branch: string;
  readonly expectedHead: string;
  readonly path: string;
  readonly content: string;
  readonly message: string;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly head: { readonly branch: string; readonly commit: string; readonly sameRepository: boolean };
  readonly base: { readonly branch: string; readonly commit: string };
  readonly mergeCommit: string | undefined;
  readonly draft: boolean;
}

export interface NewPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export type MergeOutcome =
  | { readonly kind: "merged"; readonly commit: string }
  /** The head is no longer the commit that was approved. */
  | { readonly kind: "moved" }
  /** Branch protection, a conflict or a policy says no. */
  | { readonly kind: "refused"; readonly reason: string };

export interface PullRequests {
  get(number: number): Promise<PullRequest>;
  /** Pull requests (any state) whose head is this branch of this repository, newest first. */
  fromBranch(branch: string): Promise<readonly PullRequest[]>;
  /** Pull requests a commit belongs to, as head or as merge. */
  ofCommit(commit: string): Promise<readonly PullRequest[]>;
  /** Every open one. */
  open(): Promise<readonly PullRequest[]>;
  /** Opens it, or answers the open one of the same branch and base. */
  openOnce(request: NewPullRequest): Promise<{ readonly pullRequest: PullRequest; readonly created: boolean }>;
  update(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: "closed" },
  ): Promise<void>;
  /** Changed paths, all pages. */
  changedFiles(number: number): Promise<readonly string[]>;
  /** Every review, oldest first. */
  reviews(number: number): Promise<readonly ReviewState[]>;
  /** Merges exactly this head commit, once. */
  merge(number: number, headCommit: string, title: string): Promise<MergeOutcome>;
}

export interface Comment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  readonly author: string;
  readonly mine: boolean;
  /** Whether its text was changed after it was written; whoever may maintain can change another person's. */
  readonly edited: boolean;
}

export interface Comments {
  /**
   * Keeps one comment of ours on an issue or pull request: looks through all pages for one we wrote that holds the
   * marker, edits it when the text differs, creates it when there is none. Others' comments are never touched.
   */
  upsert(
    number: number,
    marker: string,
    body: string,
  ): Promise<{ readonly comment: Comment; readonly change: "created" | "edited" | "unchanged" }>;
  find(number: number, marker: string): Promise<Comment | undefined>;
  get(commentId: number): Promise<Comment | undefined>;
  reply(number: number, marker: string, body: string): Promise<void>;
  react(commentId: number, reaction: "+1" | "-1" | "eyes" | "rocket" | "confused"): Promise<void>;
}

export interface CheckRun {
  readonly name: string;
  readonly commit: string;
  readonly status: "in_progress" | "completed";
  readonly conclusion?: "success" | "failure" | "neutral" | "action_required";
  readonly title: string;
  readonly summary: string;
}

export interface Checks {
  /** Keeps one check run of ours with this name on the commit; skips the write when nothing changed. */
  upsert(check: CheckRun): Promise<"created" | "edited" | "unchanged">;
}

export interface DeploymentState {
  readonly id: number;
  readonly commit: string;
  readonly environment: string;
  /** The login of whoever created it. */
  readonly creator: string;
  readonly payload: unknown;
  readonly createdAt: string;
  /** Newest first. */
  readonly statuses: readonly { readonly state: string; readonly description: string; readonly url: string }[];
}

export interface NewDeployment {
  readonly commit: string;
  readonly environment: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The payload's `promotion` value, by which a lost answer is found again. */
  readonly promotion: string;
}

export type DeploymentStatus = "in_progress" | "success" | "failure" | "inactive";

export interface Deployments {
  /** Newest first, with their statuses; at most `limit`. */
  list(environment: string, limit: number): Promise<readonly DeploymentState[]>;
  get(id: number): Promise<DeploymentState>;
  /** Creates it unless one with the same promotion is there; never merges the default branch into the commit. */
  createOnce(deployment: NewDeployment): Promise<{ readonly deployment: DeploymentState; readonly created: boolean }>;
  setStatus(
    id: number,
    status: {
      readonly state: DeploymentStatus;
      readonly description: string;
      readonly environmentUrl?: string;
      readonly logUrl?: string;
    },
  ): Promise<void>;
}

export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  readonly headSha: string;
  readonly path: string;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | undefined;
  readonly url: string;
  /** False for a run of a fork. */
  readonly sameRepository: boolean;
}

export interface Runs {
  get(id: number): Promise<WorkflowRun>;
  /** Runs of a head commit, newest first. */
  ofCommit(commit: string): Promise<readonly WorkflowRun[]>;
}

export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

export interface Permissions {
  /** The person's role right now, read live. */
  role(login: string): Promise<Role>;
}

/** All of GitHub that a repository's use cases may touch. */
export interface CodeHost {
  readonly repository: RepositoryRef;
  readonly contents: Contents;
  readonly branches: Branches;
  readonly pullRequests: PullRequests;
  readonly comments: Comments;
  readonly checks: Checks;
  readonly deployments: Deployments;
  readonly runs: Runs;
  readonly artifacts: ArtifactSource;
  readonly permissions: Permissions;
}
