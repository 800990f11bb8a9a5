import type { CodeHost } from "#core/ports/code-host";
import { runArtifacts } from "./artifacts.ts";
import { repositoryBranches } from "./branches.ts";
import { repositoryChecks } from "./checks.ts";
import { githubClient, type RepositoryAccess } from "./client.ts";
import { repositoryComments } from "./comments.ts";
import { repositoryContents } from "./contents.ts";
import { repositoryDeployments } from "./deployments.ts";
import type { Identity } from "./identity.ts";
import { repositoryPermissions } from "./permissions.ts";
import { repositoryPullRequests } from "./pull-requests.ts";
import { repositoryRuns } from "./runs.ts";

export type GitHubAccess = RepositoryAccess & Identity;

/** One repository of GitHub through any authenticated Octokit. */
export function gitHubHost({ octokit, owner, name, ...identity }: GitHubAccess): CodeHost {
  const client = githubClient({ octokit, owner, name });
  return {
    repository: { owner, name },
    contents: repositoryContents(client),
    branches: repositoryBranches(client),
    pullRequests: repositoryPullRequests(client),
    comments: repositoryComments(client, identity),
    checks: repositoryChecks(client, identity),
    deployments: repositoryDeployments(client, identity),
    runs: repositoryRuns(client),
    artifacts: runArtifacts(client),
    permissions: repositoryPermissions(client),
  };
}
