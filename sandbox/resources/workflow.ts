import type { GitCommit } from "../git/commit.ts";
import { nodeId } from "../identifiers.ts";
import type { Repository } from "../model/repository.ts";
import type { Artifact, Run, Workflow } from "../model/workflow.ts";
import type { SandboxState } from "../state.ts";
import { pullReferences } from "./check.ts";
import { apiUrl, htmlUrl, minimalRepository } from "./repository.ts";
import type { ArtifactShape, WorkflowRunShape, WorkflowShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export function workflowItem(state: SandboxState, repository: Repository, workflow: Workflow): WorkflowShape {
  const html = htmlUrl(state, repository);
  const file = workflow.path.split("/").at(-1) ?? "";
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: "active",
    created_at: workflow.createdAt,
    updated_at: workflow.createdAt,
    url: `${apiUrl(state, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${html}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${html}/actions/workflows/${file}/badge.svg`,
  };
}

function runUrls(state: SandboxState, repository: Repository, run: Run) {
  const api = apiUrl(state, repository);
  const url = `${api}/actions/runs/${run.id}`;
  return {
    url,
    html_url: `${htmlUrl(state, repository)}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
  };
}

function headCommit(commit: GitCommit) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export async function runItem(state: SandboxState, repository: Repository, run: Run): Promise<WorkflowRunShape> {
  const commit = await repository.git.knownCommit(run.headSha);
  return {
    id: run.id,
    node_id: nodeId("WorkflowRun", run.id),
    name: run.workflow.name,
    display_title: commit.message.split("\n")[0] ?? "",
    path: run.workflow.path,
    workflow_id: run.workflow.id,
    check_suite_id: run.suite.id,
    check_suite_node_id: nodeId("CheckSuite", run.suite.id),
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    head_commit: headCommit(commit),
    head_repository: minimalRepository(state, repository),
    repository: minimalRepository(state, repository),
    actor: simpleUser(state, run.actor),
    triggering_actor: simpleUser(state, run.actor),
    pull_requests: pullReferences(state, repository, run.headSha),
    referenced_workflows: [],
    previous_attempt_url: null,
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.createdAt,
    ...runUrls(state, repository, run),
  };
}

export function artifactItem(state: SandboxState, repository: Repository, artifact: Artifact): ArtifactShape {
  const url = `${apiUrl(state, repository)}/actions/artifacts/${artifact.id}`;
  const run = repository.runs.get(artifact.runId);
  return {
    id: artifact.id,
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.sizeBytes,
    url,
    archive_download_url: `${url}/zip`,
    expired: Date.parse(artifact.expiresAt) <= Date.parse(state.now()),
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    digest: artifact.digest,
    workflow_run: {
      id: artifact.runId,
      repository_id: repository.id,
      head_repository_id: repository.id,
      ...(run && { head_branch: run.headBranch, head_sha: run.headSha }),
    },
  };
}
