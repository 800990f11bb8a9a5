import type { Account } from "./account.ts";
import type { CheckSuite, Conclusion } from "./check.ts";

export interface Workflow {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly createdAt: string;
}

/** What a step of the run's job did, as the runner reported it. */
export interface StepRecord {
  readonly name: string;
  readonly outcome: "success" | "failure";
  readonly seconds: number;
  readonly log: string;
  /** What it wrote to GITHUB_STEP_SUMMARY; Markdown. */
  readonly summary: string;
}

export interface Run {
  readonly id: number;
  readonly number: number;
  attempt: number;
  readonly workflow: Workflow;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly actor: Account;
  readonly suite: CheckSuite;
  readonly jobBackendId: string;
  readonly backendId: string;
  /** In order of running. */
  readonly steps: StepRecord[];
  status: "queued" | "in_progress" | "completed";
  conclusion: Conclusion | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly jobBackendId: string;
  readonly mimeType: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly blobId: string;
  sizeBytes: number;
  digest: string | null;
  /** An artifact shows in lists only once its upload is finalized. */
  finalized: boolean;
}
