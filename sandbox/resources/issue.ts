import { roleOf } from "../auth/actor.ts";
import { nodeId } from "../identifiers.ts";
import type { Account } from "../model/account.ts";
import type { Comment, Issue, Label, Reaction } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { appReference } from "./app.ts";
import { apiUrl, htmlUrl } from "./repository.ts";
import type { CommentShape, IssueShape, LabelShape, ReactionShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export type Association = "OWNER" | "COLLABORATOR" | "NONE";

export function association(repository: Repository, account: Account): Association {
  if (repository.owner.id === account.id) return "OWNER";
  const role = roleOf(repository, account);
  return role === undefined || !repository.collaborators.has(account.login.toLowerCase()) ? "NONE" : "COLLABORATOR";
}

export function labelItem(state: SandboxState, repository: Repository, label: Label): LabelShape {
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${apiUrl(state, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function reactionItem(state: SandboxState, reaction: Reaction): ReactionShape {
  return {
    id: reaction.id,
    node_id: nodeId("Reaction", reaction.id),
    user: simpleUser(state, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

export function reactionCounts(url: string, reactions: readonly Reaction[]) {
  const count = (content: Reaction["content"]) => reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    confused: count("confused"),
    heart: count("heart"),
    hooray: count("hooray"),
    eyes: count("eyes"),
    rocket: count("rocket"),
  };
}

export function issueItem(state: SandboxState, repository: Repository, issue: Issue): IssueShape {
  const api = apiUrl(state, repository);
  const url = `${api}/issues/${issue.number}`;
  const html = htmlUrl(state, repository);
  const comments = [...repository.comments.values()].filter(({ issueNumber }) => issueNumber === issue.number).length;
  const html_url = `${html}/${issue.pull ? "pull" : "issues"}/${issue.number}`;
  const pullUrl = `${api}/pulls/${issue.number}`;
  const pull = { url: pullUrl, html_url, diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch` };
  return {
    id: issue.id,
    node_id: nodeId(issue.pull ? "PullRequest" : "Issue", issue.id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: simpleUser(state, issue.author),
    labels: issue.labels.map((label) => labelItem(state, repository, label)),
    assignee: issue.assignees[0] ? simpleUser(state, issue.assignees[0]) : null,
    assignees: issue.assignees.map((account) => simpleUser(state, account)),
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments,
    ...(issue.pull && { draft: issue.pull.draft, pull_request: { ...pull, merged_at: issue.pull.mergedAt ?? null } }),
    closed_at: issue.closedAt ?? null,
    closed_by: issue.closedBy ? simpleUser(state, issue.closedBy) : null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: association(repository, issue.author),
    reactions: reactionCounts(url, issue.reactions),
    performed_via_github_app: null,
  };
}

export function commentItem(state: SandboxState, repository: Repository, comment: Comment): CommentShape {
  const api = apiUrl(state, repository);
  const url = `${api}/issues/comments/${comment.id}`;
  const issue = repository.issues.get(comment.issueNumber);
  const app = comment.appId === undefined ? undefined : state.apps.get(comment.appId);
  const kind = issue?.pull ? "pull" : "issues";
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url,
    html_url: `${htmlUrl(state, repository)}/${kind}/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issueNumber}`,
    user: simpleUser(state, comment.author),
    body: comment.body,
    author_association: association(repository, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    reactions: reactionCounts(url, comment.reactions),
    performed_via_github_app: app ? appReference(state, app) : null,
  };
}
