import { z } from "zod";
import { announceIssue, checkBody, ensureLabel, newIssue } from "../effects/issue.ts";
import { closePull } from "../effects/pull.ts";
import { type Answer, created, ok, page } from "../http/answer.ts";
import { notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsRole, type Route, route } from "../http/route.ts";
import { type Issue, isPull } from "../model/issue.ts";
import { issueItem } from "../resources/issue.ts";

export function requestedIssue(call: Call): Issue {
  const issue = call.repository.issues.get(call.number("issue_number"));
  if (!issue) throw notFound();
  return issue;
}

const LabelNames = z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]));

const CreateRequest = z.object({
  title: z.coerce.string().min(1),
  body: z.string().nullish(),
  labels: LabelNames.default([]),
  assignees: z.array(z.string()).default([]),
});

function createIssue(call: Call): Answer {
  const { title, body, labels, assignees } = call.read(CreateRequest);
  checkBody(body ?? "");
  const { state, repository } = call;
  const issue = newIssue(state, repository, { author: call.account, title, body: body ?? null });
  issue.labels = labels.map((name) => ensureLabel(state, repository, name));
  issue.assignees = accounts(call, assignees);
  announceIssue(call, repository, { issue, action: "opened" });
  return created(issueItem(state, repository, issue));
}

function accounts(call: Call, logins: readonly string[]) {
  return logins.flatMap((login) => call.state.accounts.get(login.toLowerCase()) ?? []);
}

const UpdateRequest = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "reopened"]).nullish(),
  labels: LabelNames.optional(),
  assignees: z.array(z.string()).optional(),
});

type UpdateRequest = z.output<typeof UpdateRequest>;

async function updateIssue(call: Call): Promise<Answer> {
  const issue = requestedIssue(call);
  const request = call.read(UpdateRequest);
  const { state, repository } = call;
  checkBody(request.body ?? "");
  if (request.labels) issue.labels = request.labels.map((name) => ensureLabel(state, repository, name));
  if (request.assignees) issue.assignees = accounts(call, request.assignees);
  issue.updatedAt = state.now();
  const changes = editText(issue, request);
  if (Object.keys(changes).length > 0) announceIssue(call, repository, { issue, action: "edited", extra: { changes } });
  if (request.state !== undefined && request.state !== issue.state) await changeState(call, issue, request);
  return ok(issueItem(state, repository, issue));
}

/** What was there before, for the fields that changed. */
function editText(issue: Issue, { title, body }: UpdateRequest): Record<string, { from: string }> {
  const changes: Record<string, { from: string }> = {};
  if (title !== undefined && title !== issue.title) {
    changes["title"] = { from: issue.title };
    issue.title = title;
  }
  if (body !== undefined && body !== issue.body) {
    changes["body"] = { from: issue.body ?? "" };
    issue.body = body;
  }
  return changes;
}

async function changeState(call: Call, issue: Issue, request: UpdateRequest): Promise<void> {
  const closes = request.state === "closed";
  if (closes && isPull(issue)) return closePull(call, call.repository, issue);
  issue.state = closes ? "closed" : "open";
  issue.stateReason = request.state_reason ?? (closes ? "completed" : "reopened");
  issue.closedAt = closes ? call.state.now() : undefined;
  issue.closedBy = closes ? call.account : undefined;
  announceIssue(call, call.repository, { issue, action: closes ? "closed" : "reopened" });
}

function listIssues(call: Call): Promise<Answer> {
  const wanted = call.query("state") ?? "open";
  const labels = (call.query("labels") ?? "").split(",").filter((name) => name !== "");
  const creator = call.query("creator");
  const found = [...call.repository.issues.values()]
    .filter((issue) => wanted === "all" || issue.state === wanted)
    .filter((issue) => labels.every((name) => issue.labels.some((label) => label.name === name)))
    .filter((issue) => creator === undefined || issue.author.login === creator);
  const ordered = call.query("direction") === "asc" ? found : found.reverse();
  return page(call, ordered, (issue) => issueItem(call.state, call.repository, issue));
}

export const readsIssues = needs("issues:read", "pull_requests:read");
/** An app may hold either permission; a person needs only to see the repository. */
export const writesConversation = needsRole("read", "issues:write", "pull_requests:write");
/** Labels and state want more of a person. */
export const triages = needsRole("triage", "issues:write", "pull_requests:write");

export const issueRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/issues", readsIssues, listIssues),
  route("POST /repos/{owner}/{repo}/issues", needsRole("read", "issues:write"), createIssue),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}", readsIssues, (call) =>
    ok(issueItem(call.state, call.repository, requestedIssue(call))),
  ),
  route("PATCH /repos/{owner}/{repo}/issues/{issue_number}", triages, updateIssue),
];
