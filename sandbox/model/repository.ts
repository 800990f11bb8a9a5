import type { GitStore } from "../git/store.ts";
import type { Account, Role } from "./account.ts";
import type { CheckRun, CheckSuite, CommitStatus, Protection } from "./check.ts";
import type { Deployment, Environment } from "./deployment.ts";
import type { Comment, Issue, Label } from "./issue.ts";
import type { Release } from "./release.ts";
import type { Artifact, Run, Workflow } from "./workflow.ts";

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  /** `owner/name`. */
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly createdAt: string;
  updatedAt: string;
  pushedAt: string;
  readonly git: GitStore;
  readonly collaborators: Map<string, Role>;
  readonly labels: Map<string, Label>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly protections: Map<string, Protection>;
  readonly suites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: CommitStatus[];
  readonly deployments: Map<number, Deployment>;
  readonly environments: Map<string, Environment>;
  readonly workflows: Map<number, Workflow>;
  readonly runs: Map<number, Run>;
  readonly artifacts: Map<number, Artifact>;
  readonly releases: Map<number, Release>;
  /** Mutations run one after the other, in the order they arrived. */
  queue: Promise<unknown>;
}
