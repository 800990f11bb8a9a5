import { nodeId } from "../identifiers.ts";
import type { Deployment, DeploymentStatus, Environment } from "../model/deployment.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { appReference } from "./app.ts";
import { apiUrl, htmlUrl } from "./repository.ts";
import type { DeploymentShape, DeploymentStatusShape, EnvironmentShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export function deploymentItem(state: SandboxState, repository: Repository, deployment: Deployment): DeploymentShape {
  const api = apiUrl(state, repository);
  const url = `${api}/deployments/${deployment.id}`;
  const app = deployment.appId === undefined ? undefined : state.apps.get(deployment.appId);
  return {
    url,
    id: deployment.id,
    node_id: nodeId("Deployment", deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: simpleUser(state, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: app ? appReference(state, app) : null,
  };
}

export function deploymentStatusItem(
  state: SandboxState,
  repository: Repository,
  { deployment, status }: { deployment: Deployment; status: DeploymentStatus },
): DeploymentStatusShape {
  const api = apiUrl(state, repository);
  const url = `${api}/deployments/${deployment.id}`;
  const app = status.appId === undefined ? undefined : state.apps.get(status.appId);
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DeploymentStatus", status.id),
    state: status.state,
    creator: simpleUser(state, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: api,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: app ? appReference(state, app) : null,
  };
}

export function environmentItem(
  state: SandboxState,
  repository: Repository,
  environment: Environment,
): EnvironmentShape {
  const name = encodeURIComponent(environment.name);
  const { id, waitTimerMinutes } = environment;
  const waitTimer = { id, node_id: nodeId("Gate", id), type: "wait_timer", wait_timer: waitTimerMinutes };
  return {
    id,
    node_id: nodeId("Environment", id),
    name: environment.name,
    url: `${apiUrl(state, repository)}/environments/${name}`,
    html_url: `${htmlUrl(state, repository)}/deployments/activity_log?environments_filter=${name}`,
    created_at: environment.createdAt,
    updated_at: environment.createdAt,
    protection_rules: waitTimerMinutes > 0 ? [waitTimer] : [],
    deployment_branch_policy: null,
  };
}
