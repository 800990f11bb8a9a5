import { z } from "zod";
import { type Answer, created, ok, page } from "../http/answer.ts";
import { invalid } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import type { CommitStatus } from "../model/check.ts";
import { combinedStatus, statusItem } from "../resources/check.ts";
import { commitItem } from "../resources/commit.ts";
import { resolveCommit } from "./commits.ts";

/** GitHub refuses more per commit and context. */
const MAX_STATUSES = 1000;

const StatusRequest = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  context: z.string().default("default"),
  description: z.string().max(140).nullish(),
  target_url: z.string().nullish(),
});

async function createStatus(call: Call): Promise<Answer> {
  const request = call.read(StatusRequest);
  const sha = await resolveCommit(call, call.parameter("sha"));
  const { statuses } = call.repository;
  const { context } = request;
  if (statuses.filter((one) => one.sha === sha && one.context === context).length >= MAX_STATUSES) {
    throw invalid("This SHA and context has reached the maximum number of statuses.");
  }
  const status: CommitStatus = {
    id: call.state.nextId(),
    sha,
    context,
    state: request.state,
    description: request.description ?? null,
    targetUrl: request.target_url ?? null,
    creator: call.account,
    createdAt: call.state.now(),
  };
  statuses.push(status);
  await announce(call, status);
  return created(statusItem(call.state, call.repository, status));
}

async function announce(call: Call, status: CommitStatus): Promise<void> {
  const { state, repository } = call;
  const commit = commitItem(state, repository, await repository.git.knownCommit(status.sha));
  const { id, sha, context, description, targetUrl, createdAt } = status;
  const refs = await repository.git.refs("refs/heads/");
  const branches = [...refs].filter(([, target]) => target.sha === sha);
  const payload = {
    id,
    sha,
    context,
    description,
    target_url: targetUrl,
    state: status.state,
    name: repository.fullName,
    avatar_url: null,
    commit,
    branches: branches.map(([ref]) => ({
      name: ref.slice("refs/heads/".length),
      commit: { sha, url: commit.url },
      protected: repository.protections.has(ref.slice("refs/heads/".length)),
    })),
    created_at: createdAt,
    updated_at: createdAt,
  };
  call.events.emit(call.actor, repository, { name: "status", payload });
}

export const statusRoutes: readonly Route[] = [
  route("POST /repos/{owner}/{repo}/statuses/{sha}", needs("statuses:write"), createStatus),
  route("GET /repos/{owner}/{repo}/commits/{ref}/status", needs("statuses:read"), async (call) =>
    ok(combinedStatus(call.state, call.repository, await resolveCommit(call, call.parameter("ref")))),
  ),
  route("GET /repos/{owner}/{repo}/commits/{ref}/statuses", needs("statuses:read"), async (call) => {
    const sha = await resolveCommit(call, call.parameter("ref"));
    const found = call.repository.statuses.filter((status) => status.sha === sha).reverse();
    return page(call, found, (status) => statusItem(call.state, call.repository, status));
  }),
];
