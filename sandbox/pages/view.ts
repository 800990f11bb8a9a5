/** What the pages show. The sandbox maps its state to these; times are ISO 8601, texts are as users wrote them. */

export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

export interface PersonView {
  readonly login: string;
  readonly isBot: boolean;
}

export type RunStatus = "queued" | "in_progress" | "waiting" | "completed";
export type Conclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale";
export type PullRequestState = "open" | "draft" | "closed" | "merged";
export type DeploymentState = "pending" | "queued" | "in_progress" | "success" | "failure" | "error" | "inactive";

/** How far something got and, once it is completed, how it ended. */
export interface Outcome {
  readonly status: RunStatus;
  readonly conclusion?: Conclusion | undefined;
}

export interface ReactionView {
  /** "+1", "rocket", … as the API names them. */
  readonly content: string;
  readonly count: number;
}

export interface CommentView {
  readonly author: PersonView;
  readonly at: string;
  readonly body: string;
  readonly reactions?: readonly ReactionView[];
  /** Why somebody hid it, such as "outdated". */
  readonly hiddenAs?: string | undefined;
}

export interface ReviewView {
  readonly author: PersonView;
  readonly at: string;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed";
  readonly body: string;
}

export interface CheckView extends Outcome {
  readonly name: string;
  /** The app that owns the check, such as "GitHub Actions". */
  readonly app: string;
  readonly title?: string | undefined;
  /** Markdown. */
  readonly summary?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly isRequired?: boolean;
}

export interface CommitView {
  readonly sha: string;
  readonly message: string;
  readonly author: PersonView;
  readonly at: string;
}

export interface FileView {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  readonly additions: number;
  readonly deletions: number;
  /** Unified diff hunks as the API gives them; absent for binary files. */
  readonly patch?: string | undefined;
}

export interface DeploymentView {
  readonly id: number;
  readonly environment: string;
  readonly state: DeploymentState;
  readonly ref: string;
  readonly sha: string;
  readonly description: string;
  readonly creator: PersonView;
  readonly at: string;
  readonly url?: string | undefined;
  /** Oldest first. */
  readonly history?: readonly { readonly state: DeploymentState; readonly at: string; readonly description: string }[];
}

export interface PullRequestView {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly title: string;
  readonly state: PullRequestState;
  readonly author: PersonView;
  readonly at: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly comments: readonly CommentView[];
  readonly reviews: readonly ReviewView[];
  readonly checks: readonly CheckView[];
  readonly commits: readonly CommitView[];
  readonly files: readonly FileView[];
  readonly deployments: readonly DeploymentView[];
}

export interface PullRequestLine {
  readonly number: number;
  readonly title: string;
  readonly state: PullRequestState;
  readonly author: PersonView;
  readonly at: string;
}

export interface RunLine extends Outcome {
  readonly id: number;
  readonly workflow: string;
  readonly event: string;
  readonly branch: string;
  readonly at: string;
}

export interface RepositoryView {
  readonly repository: RepositoryName;
  readonly description: string;
  readonly defaultBranch: string;
  readonly branches: readonly { readonly name: string; readonly sha: string; readonly isProtected: boolean }[];
  readonly pullRequests: readonly PullRequestLine[];
  readonly runs: readonly RunLine[];
  readonly deployments: readonly DeploymentView[];
  readonly releases: readonly ReleaseView[];
  /** Markdown. */
  readonly readme?: string | undefined;
}

export interface ReleaseView {
  readonly tag: string;
  readonly name: string;
  readonly at: string;
  /** Markdown. */
  readonly body: string;
  readonly assets: readonly { readonly name: string; readonly sizeBytes: number; readonly url: string }[];
}

export interface StepView extends Outcome {
  readonly number: number;
  readonly name: string;
  readonly seconds?: number | undefined;
  readonly log: string;
}

export interface JobView extends Outcome {
  readonly id: number;
  readonly name: string;
  readonly steps: readonly StepView[];
  /** What the steps wrote to GITHUB_STEP_SUMMARY, in order; Markdown. */
  readonly summary: string;
}

export interface RunView extends RunLine {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly sha: string;
  readonly actor: PersonView;
  readonly jobs: readonly JobView[];
  readonly artifacts: readonly { readonly name: string; readonly sizeBytes: number }[];
}

export interface BlobView {
  readonly repository: RepositoryName;
  readonly ref: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Absent for binary and for very large files. */
  readonly text?: string | undefined;
}

export interface DeploymentsView {
  readonly repository: RepositoryName;
  /** Newest first. */
  readonly deployments: readonly DeploymentView[];
}

export interface HomeView {
  readonly repositories: readonly {
    readonly repository: RepositoryName;
    readonly description: string;
    readonly openPullRequests: number;
    readonly at: string;
  }[];
}
