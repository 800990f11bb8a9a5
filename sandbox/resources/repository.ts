import { type Actor, roleOf } from "../auth/actor.ts";
import { nodeId } from "../identifiers.ts";
import { hasRole } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import type { FullRepositoryShape, MinimalRepositoryShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export const apiUrl = (state: SandboxState, repository: Repository): string =>
  `${state.url}/repos/${repository.fullName}`;

export const htmlUrl = (state: SandboxState, repository: Repository): string => `${state.url}/${repository.fullName}`;

function repositoryUrls(base: string) {
  return {
    archive_url: `${base}/{archive_format}{/ref}`,
    assignees_url: `${base}/assignees{/user}`,
    blobs_url: `${base}/git/blobs{/sha}`,
    branches_url: `${base}/branches{/branch}`,
    collaborators_url: `${base}/collaborators{/collaborator}`,
    comments_url: `${base}/comments{/number}`,
    commits_url: `${base}/commits{/sha}`,
    compare_url: `${base}/compare/{base}...{head}`,
    contents_url: `${base}/contents/{+path}`,
    contributors_url: `${base}/contributors`,
    deployments_url: `${base}/deployments`,
    downloads_url: `${base}/downloads`,
    events_url: `${base}/events`,
    forks_url: `${base}/forks`,
    git_commits_url: `${base}/git/commits{/sha}`,
    git_refs_url: `${base}/git/refs{/sha}`,
    git_tags_url: `${base}/git/tags{/sha}`,
    hooks_url: `${base}/hooks`,
    issue_comment_url: `${base}/issues/comments{/number}`,
    issue_events_url: `${base}/issues/events{/number}`,
    issues_url: `${base}/issues{/number}`,
    keys_url: `${base}/keys{/key_id}`,
    labels_url: `${base}/labels{/name}`,
    languages_url: `${base}/languages`,
    merges_url: `${base}/merges`,
    milestones_url: `${base}/milestones{/number}`,
    notifications_url: `${base}/notifications{?since,all,participating}`,
    pulls_url: `${base}/pulls{/number}`,
    releases_url: `${base}/releases{/id}`,
    stargazers_url: `${base}/stargazers`,
    statuses_url: `${base}/statuses/{sha}`,
    subscribers_url: `${base}/subscribers`,
    subscription_url: `${base}/subscription`,
    tags_url: `${base}/tags`,
    teams_url: `${base}/teams`,
    trees_url: `${base}/git/trees{/sha}`,
  };
}

function identity(state: SandboxState, repository: Repository) {
  const url = apiUrl(state, repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: simpleUser(state, repository.owner),
    html_url: htmlUrl(state, repository),
    description: null,
    fork: false,
    url,
    ...repositoryUrls(url),
  };
}

/** Nested in other resources, such as a workflow run. */
export function minimalRepository(state: SandboxState, repository: Repository): MinimalRepositoryShape {
  return identity(state, repository);
}

function settings(state: SandboxState, repository: Repository) {
  const html = htmlUrl(state, repository);
  const open = [...repository.issues.values()].filter((issue) => issue.state === "open").length;
  return {
    clone_url: `${html}.git`,
    git_url: `git:${html.replace(/^https?:/, "")}.git`,
    ssh_url: `git@127.0.0.1:${repository.fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    visibility: repository.private ? "private" : "public",
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    license: null,
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: open,
    open_issues_count: open,
  };
}

/** As inside a pull request's `head` and `base`, and in every webhook payload. */
export function repositoryItem(state: SandboxState, repository: Repository) {
  return { ...identity(state, repository), ...settings(state, repository) };
}

const mergeSettings = {
  allow_auto_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_squash_merge: true,
  allow_update_branch: true,
  delete_branch_on_merge: false,
  merge_commit_message: "PR_TITLE",
  merge_commit_title: "MERGE_MESSAGE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  use_squash_pr_title_as_default: false,
} as const;

export function fullRepository(state: SandboxState, repository: Repository, actor: Actor): FullRepositoryShape {
  const role = actor.kind === "user" ? roleOf(repository, actor.account) : undefined;
  const permissions = {
    admin: hasRole(role, "admin"),
    maintain: hasRole(role, "maintain"),
    push: hasRole(role, "write"),
    triage: hasRole(role, "triage"),
    pull: true,
  };
  return {
    ...repositoryItem(state, repository),
    ...(actor.kind === "user" && { permissions }),
    ...mergeSettings,
    temp_clone_token: null,
    network_count: 0,
    subscribers_count: 0,
  };
}
