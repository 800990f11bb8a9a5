import { z } from "zod";
import { type MergeWish, mergePull } from "../effects/merge.ts";
import { mergeability } from "../effects/mergeability.ts";
import { openPull } from "../effects/open-pull.ts";
import { announcePull, closePull } from "../effects/pull.ts";
import { unifiedDiff } from "../git/diff.ts";
import { mergeBase } from "../git/history.ts";
import { type Answer, created, ok, page, rawText } from "../http/answer.ts";
import { notFound, validationFailed } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsRole, type Route, route } from "../http/route.ts";
import { isPull, type PullRequest } from "../model/issue.ts";
import { changedFile, commitItem } from "../resources/commit.ts";
import { fullPull, type Mergeability, pullCommits, pullFiles, pullItem } from "../resources/pull.ts";

export function requestedPull(call: Call): PullRequest {
  const issue = call.repository.issues.get(call.number("pull_number"));
  if (!isPull(issue)) throw notFound();
  return issue;
}

/** GitHub computes mergeability in the background; a fault makes the first reads come too early. */
async function knownMergeability(call: Call, issue: PullRequest): Promise<Mergeability> {
  issue.pull.mergeableReads += 1;
  if (issue.pull.mergeableReads <= call.faults.mergeableUnknownReads) return { mergeable: null, state: "unknown" };
  return mergeability(call.repository, issue);
}

async function getPull(call: Call): Promise<Answer> {
  const issue = requestedPull(call);
  const { baseSha, headSha } = issue.pull;
  if (call.accepts(".diff")) {
    const fork = (await mergeBase(call.repository.git, baseSha, headSha)) ?? baseSha;
    const diff = await unifiedDiff(call.repository.git, fork, headSha);
    return rawText(diff, "application/vnd.github.diff; charset=utf-8");
  }
  const known = await knownMergeability(call, issue);
  return ok(await fullPull(call.state, call.repository, { issue, mergeability: known }));
}

function listPulls(call: Call): Promise<Answer> {
  const wanted = call.query("state") ?? "open";
  const head = call.query("head");
  const base = call.query("base");
  const { login } = call.repository.owner;
  const found = [...call.repository.issues.values()]
    .filter(isPull)
    .filter((issue) => wanted === "all" || issue.state === wanted)
    .filter(({ pull }) => head === undefined || `${login}:${pull.headBranch}`.toLowerCase() === head.toLowerCase())
    .filter(({ pull }) => base === undefined || pull.baseBranch === base);
  const newestFirst = call.query("direction") !== "asc";
  return page(call, newestFirst ? found.reverse() : found, (issue) => pullItem(call.state, call.repository, issue));
}

const CreateRequest = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
});

async function createPull(call: Call): Promise<Answer> {
  const issue = await openPull(call, call.repository, call.read(CreateRequest));
  const unknown = { mergeable: null, state: "unknown" } as const;
  return created(await fullPull(call.state, call.repository, { issue, mergeability: unknown }));
}

const UpdateRequest = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});

async function updatePull(call: Call): Promise<Answer> {
  const issue = requestedPull(call);
  const request = call.read(UpdateRequest);
  await editPull(call, issue, request);
  if (request.state === "closed" && issue.state === "open") await closePull(call, call.repository, issue);
  if (request.state === "open" && issue.state === "closed") await reopenPull(call, issue);
  return ok(await fullPull(call.state, call.repository, { issue, mergeability: await knownMergeability(call, issue) }));
}

async function editPull(call: Call, issue: PullRequest, request: z.output<typeof UpdateRequest>): Promise<void> {
  const changes: Record<string, { from: string }> = {};
  if (request.title !== undefined && request.title !== issue.title) {
    changes["title"] = { from: issue.title };
    issue.title = request.title;
  }
  if (request.body !== undefined && request.body !== issue.body) {
    changes["body"] = { from: issue.body ?? "" };
    issue.body = request.body;
  }
  if (request.base !== undefined) await changeBase(call, issue, request.base);
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = call.state.now();
  await announcePull(call, call.repository, { issue, action: "edited", extra: { changes } });
}

async function changeBase(call: Call, issue: PullRequest, branch: string): Promise<void> {
  const sha = await call.repository.git.branchSha(branch);
  if (sha === undefined) throw validationFailed({ resource: "PullRequest", field: "base", code: "invalid" });
  issue.pull.baseBranch = branch;
  issue.pull.baseSha = sha;
}

async function reopenPull(call: Call, issue: PullRequest): Promise<void> {
  if (issue.pull.mergedAt !== undefined || !(await call.repository.git.branchSha(issue.pull.headBranch))) {
    throw validationFailed({ resource: "PullRequest", code: "invalid", field: "state" });
  }
  issue.state = "open";
  issue.closedAt = undefined;
  issue.closedBy = undefined;
  await announcePull(call, call.repository, { issue, action: "reopened" });
}

const MergeRequest = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(["merge", "squash", "rebase"]).default("merge"),
});

async function merge(call: Call): Promise<Answer> {
  const issue = requestedPull(call);
  const { merge_method: method, sha, commit_title: title, commit_message: message } = call.read(MergeRequest);
  const wish: MergeWish = { method, sha, title, message };
  const merged = await mergePull(call, call.repository, { issue, wish });
  return ok({ sha: merged, merged: true, message: "Pull Request successfully merged" });
}

function isMerged(call: Call): Answer {
  if (requestedPull(call).pull.mergedAt === undefined) throw notFound();
  return { status: 204 };
}

async function listFiles(call: Call): Promise<Answer> {
  const issue = requestedPull(call);
  const files = await pullFiles(call.repository, issue);
  const { repository } = call;
  return page(call, files, (file) => changedFile(call.state, { repository, file, sha: issue.pull.headSha }));
}

async function listCommits(call: Call): Promise<Answer> {
  const shas = await pullCommits(call.repository, requestedPull(call));
  return page(call, shas, async (sha) =>
    commitItem(call.state, call.repository, await call.repository.git.knownCommit(sha)),
  );
}

export const pullRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/pulls", needs("pull_requests:read"), listPulls),
  route("POST /repos/{owner}/{repo}/pulls", needsRole("read", "pull_requests:write"), createPull),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}", needs("pull_requests:read"), getPull),
  route("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", needs("pull_requests:write"), updatePull),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", needs("pull_requests:read"), listFiles),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", needs("pull_requests:read"), listCommits),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/merge", needs("pull_requests:read"), isMerged),
  route("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", needs("contents:write"), merge),
];
