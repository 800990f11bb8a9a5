import { z } from "zod";
import { announceIssue, ensureLabel } from "../effects/issue.ts";
import { announcePull } from "../effects/pull.ts";
import { type Answer, created, ok, page } from "../http/answer.ts";
import { notFound, validationFailed } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { type Issue, isPull, type Label } from "../model/issue.ts";
import { labelItem } from "../resources/issue.ts";
import { readsIssues, requestedIssue, triages } from "./issues.ts";

const render = (call: Call, label: Label) => labelItem(call.state, call.repository, label);

const Names = z.union([
  z.array(z.string()),
  z.object({ labels: z.array(z.string()) }).transform(({ labels }) => labels),
]);

async function addLabels(call: Call): Promise<Answer> {
  const issue = requestedIssue(call);
  for (const name of call.read(Names)) {
    const label = ensureLabel(call.state, call.repository, name);
    if (issue.labels.includes(label)) continue;
    issue.labels.push(label);
    await announceLabel(call, issue, { label, action: "labeled" });
  }
  return ok(issue.labels.map((label) => render(call, label)));
}

async function removeLabel(call: Call): Promise<Answer> {
  const issue = requestedIssue(call);
  const name = call.parameter("name").toLowerCase();
  const label = issue.labels.find((candidate) => candidate.name.toLowerCase() === name);
  if (!label) throw notFound();
  issue.labels = issue.labels.filter((candidate) => candidate !== label);
  await announceLabel(call, issue, { label, action: "unlabeled" });
  return ok(issue.labels.map((left) => render(call, left)));
}

async function announceLabel(
  call: Call,
  issue: Issue,
  { label, action }: { label: Label; action: "labeled" | "unlabeled" },
): Promise<void> {
  const extra = { label: render(call, label) };
  if (isPull(issue)) await announcePull(call, call.repository, { issue, action, extra });
  else announceIssue(call, call.repository, { issue, action, extra });
}

const LabelRequest = z.object({
  name: z.string().min(1),
  color: z.string().default("ededed"),
  description: z.string().nullish(),
});

function createLabel(call: Call): Answer {
  const { name, color, description } = call.read(LabelRequest);
  if (call.repository.labels.has(name.toLowerCase())) {
    throw validationFailed({ resource: "Label", field: "name", code: "already_exists" });
  }
  const label = ensureLabel(call.state, call.repository, name);
  label.color = color.replace(/^#/, "");
  label.description = description ?? null;
  return created(render(call, label));
}

function requestedLabel(call: Call): Label {
  const label = call.repository.labels.get(call.parameter("name").toLowerCase());
  if (!label) throw notFound();
  return label;
}

const OF_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/labels";

export const labelRoutes: readonly Route[] = [
  route(`GET ${OF_ISSUE}`, readsIssues, (call) =>
    page(call, requestedIssue(call).labels, (label) => render(call, label)),
  ),
  route(`POST ${OF_ISSUE}`, triages, addLabels),
  route(`DELETE ${OF_ISSUE}/{name}`, triages, removeLabel),
  route("GET /repos/{owner}/{repo}/labels", readsIssues, (call) =>
    page(call, [...call.repository.labels.values()], (label) => render(call, label)),
  ),
  route("POST /repos/{owner}/{repo}/labels", needs("issues:write", "pull_requests:write"), createLabel),
  route("GET /repos/{owner}/{repo}/labels/{name}", readsIssues, (call) => ok(render(call, requestedLabel(call)))),
];
