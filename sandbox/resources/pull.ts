import { changedFiles } from "../git/diff.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import { nodeId } from "../identifiers.ts";
import type { PullDetails, PullRequest, Review } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { association, issueItem, labelItem } from "./issue.ts";
import { apiUrl, htmlUrl, repositoryItem } from "./repository.ts";
import type { PullShape, PullSimpleShape, ReviewShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export interface Mergeability {
  readonly mergeable: boolean | null;
  readonly state: "clean" | "dirty" | "blocked" | "unknown" | "draft" | "behind";
}

function pullUrls(state: SandboxState, repository: Repository, pull: PullRequest) {
  const api = apiUrl(state, repository);
  const url = `${api}/pulls/${pull.number}`;
  const issue_url = `${api}/issues/${pull.number}`;
  const html_url = `${htmlUrl(state, repository)}/pull/${pull.number}`;
  const urls = {
    url,
    html_url,
    issue_url,
    diff_url: `${html_url}.diff`,
    patch_url: `${html_url}.patch`,
    commits_url: `${url}/commits`,
    comments_url: `${issue_url}/comments`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    statuses_url: `${api}/statuses/${pull.pull.headSha}`,
  };
  const _links = {
    self: { href: urls.url },
    html: { href: urls.html_url },
    issue: { href: urls.issue_url },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: urls.review_comment_url },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
  return { ...urls, _links };
}

function side(state: SandboxState, repository: Repository, at: { ref: string; sha: string }) {
  const owner = repository.owner;
  return {
    label: `${owner.login}:${at.ref}`,
    ref: at.ref,
    sha: at.sha,
    user: simpleUser(state, owner),
    repo: repositoryItem(state, repository),
  };
}

export function pullItem(state: SandboxState, repository: Repository, issue: PullRequest): PullSimpleShape {
  const { pull } = issue;
  const { assignee, assignees, title, body, number, locked, created_at, updated_at } = issueItem(
    state,
    repository,
    issue,
  );
  return {
    ...pullUrls(state, repository, issue),
    id: pull.id,
    node_id: nodeId("PullRequest", issue.id),
    number,
    state: issue.state,
    locked,
    title,
    user: simpleUser(state, issue.author),
    body: body ?? null,
    labels: issue.labels.map((label) => ({
      ...labelItem(state, repository, label),
      description: label.description ?? "",
    })),
    milestone: null,
    active_lock_reason: null,
    created_at,
    updated_at,
    closed_at: issue.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee,
    assignees: assignees ?? [],
    requested_reviewers: pull.requestedReviewers.map((account) => simpleUser(state, account)),
    requested_teams: [],
    head: side(state, repository, { ref: pull.headBranch, sha: pull.headSha }),
    base: side(state, repository, { ref: pull.baseBranch, sha: pull.baseSha }),
    author_association: association(repository, issue.author),
    auto_merge: autoMergeItem(state, pull.autoMerge),
    draft: pull.draft,
  };
}

function autoMergeItem(state: SandboxState, autoMerge: PullDetails["autoMerge"]) {
  if (!autoMerge) return null;
  const enabled_by = simpleUser(state, autoMerge.enabledBy);
  return { enabled_by, merge_method: autoMerge.method, commit_title: "", commit_message: "" };
}

/** Changes since the fork point: what the "Files changed" tab shows. */
export async function pullFiles(repository: Repository, issue: PullRequest) {
  const { baseSha, headSha } = issue.pull;
  const fork = (await mergeBase(repository.git, baseSha, headSha)) ?? baseSha;
  return changedFiles(repository.git, fork, headSha);
}

/** Oldest first, as GitHub lists them. */
export async function pullCommits(repository: Repository, issue: PullRequest): Promise<string[]> {
  return (await commitsBetween(repository.git, issue.pull.baseSha, issue.pull.headSha)).reverse();
}

export async function fullPull(
  state: SandboxState,
  repository: Repository,
  { issue, mergeability }: { issue: PullRequest; mergeability: Mergeability },
): Promise<PullShape> {
  const { pull } = issue;
  const [files, commits] = await Promise.all([pullFiles(repository, issue), pullCommits(repository, issue)]);
  const item = pullItem(state, repository, issue);
  const { comments } = issueItem(state, repository, issue);
  return {
    ...item,
    labels: issue.labels.map((label) => labelItem(state, repository, label)),
    merged: pull.mergedAt !== undefined,
    mergeable: pull.mergedAt !== undefined ? null : mergeability.mergeable,
    mergeable_state: pull.mergedAt !== undefined ? "unknown" : mergeability.state,
    rebaseable: pull.mergedAt !== undefined ? null : mergeability.mergeable,
    merged_by: pull.mergedBy ? simpleUser(state, pull.mergedBy) : null,
    comments,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  } as PullShape;
}

export function reviewItem(
  state: SandboxState,
  repository: Repository,
  { issue, review }: { issue: PullRequest; review: Review },
): ReviewShape {
  const { url, html_url } = pullUrls(state, repository, issue);
  const reviewUrl = `${html_url}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId("PullRequestReview", review.id),
    user: simpleUser(state, review.author),
    body: review.body,
    state: review.state,
    html_url: reviewUrl,
    pull_request_url: url,
    author_association: association(repository, review.author),
    _links: { html: { href: reviewUrl }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commitSha,
  };
}
