import { z } from "zod";
import { appOf } from "../auth/actor.ts";
import { hasPassed, isBehind } from "../effects/mergeability.ts";
import { type Answer, created, noContent, ok, page } from "../http/answer.ts";
import { ApiError, invalid, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import type { Deployment, DeploymentStatus } from "../model/deployment.ts";
import { latestStatuses } from "../resources/check.ts";
import { deploymentItem, deploymentStatusItem } from "../resources/deployment.ts";
import { resolveCommit } from "./commits.ts";
import { ensureEnvironment } from "./environments.ts";

const DeploymentRequest = z.object({
  ref: z.string(),
  task: z.string().default("deploy"),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).nullish(),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).default(""),
  environment: z.string().default("production"),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});

type DeploymentRequest = z.output<typeof DeploymentRequest>;

async function createDeployment(call: Call): Promise<Answer> {
  const request = call.read(DeploymentRequest);
  const sha = await resolveCommit(call, request.ref).catch(() => undefined);
  if (sha === undefined) throw invalid(`No ref found for: ${request.ref}`);
  const { repository } = call;
  if (request.auto_merge && (await isBehind(repository, sha, repository.defaultBranch))) {
    // GitHub merges the default branch in and deploys nothing: the caller is to try again.
    return {
      status: 202,
      body: { message: `Auto-merged ${repository.defaultBranch} into ${request.ref} on deployment.` },
    };
  }
  checkContexts(call, sha, request.required_contexts);
  const at = call.state.now();
  const deployment: Deployment = {
    id: call.state.nextId(),
    sha,
    ...described(request),
    creator: call.account,
    appId: appOf(call.actor)?.id,
    createdAt: at,
    updatedAt: at,
    statuses: [],
  };
  ensureEnvironment(call, request.environment);
  repository.deployments.set(deployment.id, deployment);
  announce(call, { name: "deployment", deployment, payload: {} });
  return created(deploymentItem(call.state, repository, deployment));
}

function described(request: DeploymentRequest) {
  const { ref, task, environment, description = null, payload } = request;
  const production = request.production_environment ?? environment === "production";
  return { ref, task, environment, description, payload, transient: request.transient_environment, production };
}

/** Without a list, everything that reported on the commit must be green; an empty list asks for nothing. */
function checkContexts(call: Call, sha: string, required: readonly string[] | null | undefined): void {
  const { repository } = call;
  const runs = [...repository.checkRuns.values()].filter((run) => run.headSha === sha).map(({ name }) => name);
  const reported = [...runs, ...latestStatuses(repository, sha).map(({ context }) => context)];
  const contexts = required ?? [...new Set(reported)];
  const failing = contexts.filter((context) => !hasPassed(repository, sha, { context, appId: undefined }));
  if (failing.length === 0) return;
  const errors = failing.map((context) => ({
    resource: "Deployment",
    field: "required_contexts",
    code: "invalid",
    message: context,
  }));
  throw new ApiError(409, `Conflict: Commit status checks failed for ${call.repository.defaultBranch}`, errors);
}

function announce(
  call: Call,
  { name, deployment, payload }: { name: string; deployment: Deployment; payload: Record<string, unknown> },
): void {
  const rendered = deploymentItem(call.state, call.repository, deployment);
  call.events.emit(call.actor, call.repository, {
    name,
    action: "created",
    payload: { deployment: rendered, workflow: null, workflow_run: null, ...payload },
  });
}

function listDeployments(call: Call): Promise<Answer> {
  const filters = { environment: "environment", sha: "sha", ref: "ref", task: "task" } as const;
  const found = [...call.repository.deployments.values()].filter((deployment) =>
    Object.values(filters).every((name) => {
      const wanted = call.query(name);
      return wanted === undefined || wanted === "none" || deployment[name] === wanted;
    }),
  );
  return page(call, found.reverse(), (deployment) => deploymentItem(call.state, call.repository, deployment));
}

function requestedDeployment(call: Call): Deployment {
  const deployment = call.repository.deployments.get(call.number("deployment_id"));
  if (!deployment) throw notFound();
  return deployment;
}

const StatusRequest = z.object({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  target_url: z.string().default(""),
  log_url: z.string().optional(),
  description: z.string().max(140).default(""),
  environment: z.string().optional(),
  environment_url: z.string().default(""),
  auto_inactive: z.boolean().default(true),
});

function createStatus(call: Call): Answer {
  const deployment = requestedDeployment(call);
  const request = call.read(StatusRequest);
  const status: DeploymentStatus = {
    ...origin(call),
    state: request.state,
    description: request.description,
    environment: request.environment ?? deployment.environment,
    environmentUrl: request.environment_url,
    logUrl: request.log_url ?? request.target_url,
  };
  deployment.statuses.push(status);
  deployment.updatedAt = status.createdAt;
  if (request.state === "success" && request.auto_inactive) retireOthers(call, deployment);
  const rendered = deploymentStatusItem(call.state, call.repository, { deployment, status });
  announce(call, { name: "deployment_status", deployment, payload: { deployment_status: rendered } });
  return created(rendered);
}

function origin(call: Call) {
  const appId = appOf(call.actor)?.id;
  return { id: call.state.nextId(), creator: call.account, appId, createdAt: call.state.now() };
}

/** A success makes earlier lasting deployments of the same environment inactive. */
function retireOthers(call: Call, deployment: Deployment): void {
  for (const other of call.repository.deployments.values()) {
    const latest = other.statuses.at(-1);
    const isOlder = other.id < deployment.id && other.environment === deployment.environment && !other.transient;
    if (!isOlder || other.production || latest?.state !== "success") continue;
    const blank = { description: "", environmentUrl: "", logUrl: "" };
    other.statuses.push({ ...origin(call), ...blank, state: "inactive", environment: other.environment });
  }
}

const DEPLOYMENT = "/repos/{owner}/{repo}/deployments/{deployment_id}";

export const deploymentRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/deployments", needs("deployments:read"), listDeployments),
  route("POST /repos/{owner}/{repo}/deployments", needs("deployments:write"), createDeployment),
  route(`GET ${DEPLOYMENT}`, needs("deployments:read"), (call) =>
    ok(deploymentItem(call.state, call.repository, requestedDeployment(call))),
  ),
  route(`DELETE ${DEPLOYMENT}`, needs("deployments:write"), (call) => {
    call.repository.deployments.delete(requestedDeployment(call).id);
    return noContent();
  }),
  route(`POST ${DEPLOYMENT}/statuses`, needs("deployments:write"), createStatus),
  route(`GET ${DEPLOYMENT}/statuses`, needs("deployments:read"), (call) => {
    const deployment = requestedDeployment(call);
    return page(call, [...deployment.statuses].reverse(), (status) =>
      deploymentStatusItem(call.state, call.repository, { deployment, status }),
    );
  }),
];
