import { isPull } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import type { SandboxState } from "../../state.ts";
import type { HomeView, RepositoryView } from "../view.ts";
import { deploymentViews } from "./deployment-view.ts";
import { repositoryName } from "./names-view.ts";
import { pullRequestLine } from "./pull-request-view.ts";
import { releaseViews } from "./release-view.ts";
import { runLine } from "./run-view.ts";

const describe = (repository: Repository): string => (repository.private ? "Private repository" : "Public repository");

const PREFIX = "refs/heads/";

/** The default branch first, as on GitHub. */
async function branchViews({ git, defaultBranch, protections }: Repository): Promise<RepositoryView["branches"]> {
  const refs = [...(await git.refs(PREFIX))].map(([ref, { sha }]) => ({ name: ref.slice(PREFIX.length), sha }));
  const rank = (name: string): number => (name === defaultBranch ? 0 : 1);
  const branches = refs.map((branch) => ({ ...branch, isProtected: protections.has(branch.name) }));
  return branches.sort((one, other) => rank(one.name) - rank(other.name));
}

async function readmeOf({ git, defaultBranch }: Repository): Promise<string | undefined> {
  const tree = await git.tree(`${PREFIX}${defaultBranch}`);
  const entry = tree?.entries.find(({ path, type }) => type === "blob" && /^readme\.md$/i.test(path));
  return entry && (await git.blob(entry.sha))?.content.toString();
}

export async function repositoryView(state: SandboxState, repository: Repository): Promise<RepositoryView> {
  const [branches, readme] = await Promise.all([branchViews(repository), readmeOf(repository)]);
  return {
    repository: repositoryName(repository),
    description: describe(repository),
    defaultBranch: repository.defaultBranch,
    branches,
    pullRequests: [...repository.issues.values()].filter(isPull).reverse().map(pullRequestLine),
    runs: [...repository.runs.values()].reverse().map(runLine),
    deployments: deploymentViews(repository),
    releases: releaseViews(state, repository),
    readme,
  };
}

/** What was pushed to last comes first. */
export function homeView(state: SandboxState): HomeView {
  const newestFirst = [...state.repositories.values()].sort((one, other) => other.pushedAt.localeCompare(one.pushedAt));
  const repositories = newestFirst.map((repository) => ({
    repository: repositoryName(repository),
    description: describe(repository),
    openPullRequests: [...repository.issues.values()].filter((issue) => isPull(issue) && issue.state === "open").length,
    at: repository.pushedAt,
  }));
  return { repositories };
}
