import { nodeId } from "../identifiers.ts";
import type { CheckRun, CheckSuite, CommitStatus, Conclusion, Protection } from "../model/check.ts";
import { isPull } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { appReference } from "./app.ts";
import { apiUrl, htmlUrl, minimalRepository } from "./repository.ts";
import type { CheckRunShape, CheckSuiteShape, CombinedStatusShape, ProtectionShape, StatusShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

/** Open pull requests whose head is this commit, in the short form that checks and runs carry. */
export function pullReferences(state: SandboxState, repository: Repository, headSha: string) {
  const api = apiUrl(state, repository);
  const repo = { id: repository.id, url: api, name: repository.name };
  return [...repository.issues.values()]
    .filter(isPull)
    .filter((issue) => issue.state === "open" && issue.pull.headSha === headSha)
    .map(({ number, pull }) => ({
      id: pull.id,
      number,
      url: `${api}/pulls/${number}`,
      head: { ref: pull.headBranch, sha: pull.headSha, repo },
      base: { ref: pull.baseBranch, sha: pull.baseSha, repo },
    }));
}

export function checkRunItem(state: SandboxState, repository: Repository, run: CheckRun): CheckRunShape {
  const api = apiUrl(state, repository);
  const url = `${api}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${htmlUrl(state, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${htmlUrl(state, repository)}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion as CheckRunShape["conclusion"],
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appReference(state, run.app),
    pull_requests: pullReferences(state, repository, run.headSha),
  };
}

export function suiteRuns(repository: Repository, suite: CheckSuite): CheckRun[] {
  return [...repository.checkRuns.values()].filter((run) => run.suite.id === suite.id);
}

const WORST_FIRST: readonly Conclusion[] = [
  "failure",
  "timed_out",
  "cancelled",
  "action_required",
  "stale",
  "success",
  "neutral",
  "skipped",
];

/** A suite is what its runs are: queued without any, completed when all are, as bad as the worst. */
export function suiteOutcome(runs: readonly CheckRun[]): {
  status: CheckRun["status"];
  conclusion: Conclusion | null;
} {
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed")) return { status: "in_progress", conclusion: null };
  const conclusion = WORST_FIRST.find((candidate) => runs.some((run) => run.conclusion === candidate));
  return { status: "completed", conclusion: conclusion ?? "neutral" };
}

export async function checkSuiteItem(
  state: SandboxState,
  repository: Repository,
  suite: CheckSuite,
): Promise<CheckSuiteShape> {
  const url = `${apiUrl(state, repository)}/check-suites/${suite.id}`;
  const runs = suiteRuns(repository, suite);
  const commit = await repository.git.knownCommit(suite.headSha);
  const outcome = suiteOutcome(runs);
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: outcome.status,
    conclusion: outcome.conclusion as CheckSuiteShape["conclusion"],
    url,
    before: suite.beforeSha,
    after: suite.headSha,
    pull_requests: pullReferences(state, repository, suite.headSha),
    app: appReference(state, suite.app),
    repository: minimalRepository(state, repository),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: {
      id: commit.sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: commit.committer.date,
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

export function statusItem(state: SandboxState, repository: Repository, status: CommitStatus): StatusShape {
  return {
    url: `${apiUrl(state, repository)}/statuses/${status.sha}`,
    avatar_url: `${state.url}/avatars/u/${status.creator.id}`,
    id: status.id,
    node_id: nodeId("Status", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: simpleUser(state, status.creator),
  };
}

/** Newest status of each context. */
export function latestStatuses(repository: Repository, sha: string): CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of repository.statuses) if (status.sha === sha) latest.set(status.context, status);
  return [...latest.values()];
}

export function combinedStatus(state: SandboxState, repository: Repository, sha: string): CombinedStatusShape {
  const latest = latestStatuses(repository, sha);
  const failed = latest.some((status) => status.state === "failure" || status.state === "error");
  const pending = latest.length === 0 || latest.some((status) => status.state === "pending");
  const api = apiUrl(state, repository);
  return {
    state: failed ? "failure" : pending ? "pending" : "success",
    statuses: latest.map((status) => {
      const { creator: _, ...simple } = statusItem(state, repository, status);
      return { ...simple, required: null } as CombinedStatusShape["statuses"][number];
    }),
    sha,
    total_count: latest.length,
    repository: minimalRepository(state, repository),
    commit_url: `${api}/commits/${sha}`,
    url: `${api}/commits/${sha}/status`,
  };
}

export function protectionItem(url: string, protection: Protection): ProtectionShape {
  const { requiredChecks, requiredApprovals } = protection;
  return {
    url,
    required_status_checks: {
      url: `${url}/required_status_checks`,
      strict: false,
      contexts: requiredChecks.map(({ context }) => context),
      contexts_url: `${url}/required_status_checks/contexts`,
      checks: requiredChecks.map(({ context, appId }) => ({ context, app_id: appId ?? null })),
    },
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: false,
      require_code_owner_reviews: false,
      required_approving_review_count: requiredApprovals,
      require_last_push_approval: false,
    },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}
