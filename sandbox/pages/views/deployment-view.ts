import type { Deployment } from "../../model/deployment.ts";
import type { Repository } from "../../model/repository.ts";
import type { DeploymentsView, DeploymentView } from "../view.ts";
import { personView, repositoryName } from "./names-view.ts";

export function deploymentView(deployment: Deployment): DeploymentView {
  const { id, environment, ref, sha, creator, createdAt, statuses } = deployment;
  const latest = statuses.at(-1);
  return {
    id,
    environment,
    state: latest?.state ?? "pending",
    ref,
    sha,
    description: latest?.description || (deployment.description ?? ""),
    creator: personView(creator),
    at: createdAt,
    url: latest?.environmentUrl || undefined,
    history: statuses.map((status) => ({ state: status.state, at: status.createdAt, description: status.description })),
  };
}

/** Newest first. */
export const deploymentViews = (
  repository: Repository,
  isWanted: (deployment: Deployment) => boolean = () => true,
): DeploymentView[] => [...repository.deployments.values()].filter(isWanted).reverse().map(deploymentView);

export const deploymentsView = (repository: Repository): DeploymentsView => ({
  repository: repositoryName(repository),
  deployments: deploymentViews(repository),
});
