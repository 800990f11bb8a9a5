import { ApiError } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import type { Account } from "../model/account.ts";
import type { Comment, Issue, Label } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { commentItem, issueItem } from "../resources/issue.ts";
import type { SandboxState } from "../state.ts";

/** Undocumented; the server's own limit for comments, issues and pull requests. */
const MAX_BODY_CHARACTERS = 65_536;

export function checkBody(body: string): void {
  if (body.length <= MAX_BODY_CHARACTERS) return;
  const message = `body is too long (maximum is ${MAX_BODY_CHARACTERS} characters)`;
  throw new ApiError(422, "Validation Failed", [{ resource: "IssueComment", field: "body", code: "custom", message }]);
}

export function newIssue(
  state: SandboxState,
  repository: Repository,
  given: { author: Account; title: string; body: string | null },
): Issue {
  const at = state.now();
  const issue: Issue = {
    id: state.nextId(),
    number: Math.max(0, ...repository.issues.keys()) + 1,
    ...given,
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    createdAt: at,
    updatedAt: at,
    closedAt: undefined,
    closedBy: undefined,
    reactions: [],
    pull: undefined,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}

export function announceComment(
  { state, events, actor }: Cause,
  repository: Repository,
  { comment, action, from }: { comment: Comment; action: "created" | "edited" | "deleted"; from?: string },
): void {
  const issue = repository.issues.get(comment.issueNumber);
  if (!issue) return;
  issue.updatedAt = state.now();
  const payload = {
    issue: issueItem(state, repository, issue),
    comment: commentItem(state, repository, comment),
    ...(from !== undefined && { changes: { body: { from } } }),
  };
  events.emit(actor, repository, { name: "issue_comment", action, payload });
}

export function announceIssue(
  { state, events, actor }: Cause,
  repository: Repository,
  { issue, action, extra = {} }: { issue: Issue; action: string; extra?: Record<string, unknown> },
): void {
  const payload = { issue: issueItem(state, repository, issue), ...extra };
  events.emit(actor, repository, { name: "issues", action, payload });
}

const DEFAULT_COLOR = "ededed";

/** GitHub creates labels that an issue is given and the repository lacks. */
export function ensureLabel(state: SandboxState, repository: Repository, name: string): Label {
  const existing = repository.labels.get(name.toLowerCase());
  if (existing) return existing;
  const label = { id: state.nextId(), name, color: DEFAULT_COLOR, description: null };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}
