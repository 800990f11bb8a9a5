import { z } from "zod";
import { roleOf } from "../auth/actor.ts";
import { noContent, ok, page } from "../http/answer.ts";
import { notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsRole, type Route, route } from "../http/route.ts";
import type { Role } from "../model/account.ts";
import type { Protection } from "../model/check.ts";
import { protectionItem } from "../resources/check.ts";
import { fullBranch } from "../resources/commit.ts";
import { apiUrl, fullRepository } from "../resources/repository.ts";
import { simpleUser } from "../resources/user.ts";

/** GitHub's older four-step permission beside the exact role name. */
const PERMISSION: Readonly<Record<Role, string>> = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

function collaboratorPermission(call: Call) {
  const account = call.state.accounts.get(call.parameter("username").toLowerCase());
  if (!account) throw notFound();
  const role = roleOf(call.repository, account);
  const permission = role ? PERMISSION[role] : "none";
  const user = { ...simpleUser(call.state, account), permissions: permissionFlags(role), role_name: role ?? "none" };
  return ok({ permission, role_name: role ?? "none", user });
}

function permissionFlags(role: Role | undefined) {
  const at = role ? ["read", "triage", "write", "maintain", "admin"].indexOf(role) : -1;
  return { pull: at >= 0, triage: at >= 1, push: at >= 2, maintain: at >= 3, admin: at >= 4 };
}

async function branchNames(call: Call): Promise<string[]> {
  const refs = await call.repository.git.refs("refs/heads/");
  const names = [...refs.keys()].map((ref) => ref.slice("refs/heads/".length));
  const wanted = call.query("protected");
  return names.filter((name) => wanted === undefined || String(call.repository.protections.has(name)) === wanted);
}

async function shortBranch(call: Call, name: string) {
  const sha = (await call.repository.git.branchSha(name)) ?? "";
  const url = `${apiUrl(call.state, call.repository)}/commits/${sha}`;
  return { name, commit: { sha, url }, protected: call.repository.protections.has(name) };
}

async function existingBranch(call: Call): Promise<string> {
  const name = call.parameter("branch");
  if ((await call.repository.git.branchSha(name)) === undefined) throw notFound();
  return name;
}

const protectionUrl = (call: Call): string =>
  `${apiUrl(call.state, call.repository)}/branches/${call.parameter("branch")}/protection`;

const ProtectionRequest = z.object({
  required_status_checks: z
    .object({
      contexts: z.array(z.string()).default([]),
      checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })).default([]),
    })
    .nullable(),
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.number().int().min(0).max(6).default(1) })
    .nullable(),
});

function readProtection(call: Call): Protection {
  const { required_status_checks: checks, required_pull_request_reviews: reviews } = call.read(ProtectionRequest);
  const named = (checks?.contexts ?? []).map((context) => ({ context, appId: undefined }));
  const owned = (checks?.checks ?? []).map(({ context, app_id }) => ({
    context,
    // -1 stands for any app.
    appId: app_id === null || app_id === -1 ? undefined : app_id,
  }));
  return {
    requiredChecks: owned.length > 0 ? owned : named,
    requiredApprovals: reviews?.required_approving_review_count ?? 0,
  };
}

export const repositoryRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}", needs("metadata:read"), (call) =>
    ok(fullRepository(call.state, call.repository, call.actor)),
  ),
  route(
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    needs("metadata:read"),
    collaboratorPermission,
  ),
  route("GET /repos/{owner}/{repo}/collaborators/{username}", needs("metadata:read"), (call) => {
    if (!call.repository.collaborators.has(call.parameter("username").toLowerCase())) throw notFound();
    return noContent();
  }),
  route("GET /repos/{owner}/{repo}/branches", needs("contents:read"), async (call) =>
    page(call, await branchNames(call), (name) => shortBranch(call, name)),
  ),
  route("GET /repos/{owner}/{repo}/branches/{branch}", needs("contents:read"), async (call) =>
    ok(await fullBranch(call.state, call.repository, await existingBranch(call))),
  ),
  route("GET /repos/{owner}/{repo}/branches/{branch}/protection", needsRole("admin", "administration:read"), (call) => {
    const protection = call.repository.protections.get(call.parameter("branch"));
    if (!protection) throw notFound();
    return ok(protectionItem(protectionUrl(call), protection));
  }),
  route(
    "PUT /repos/{owner}/{repo}/branches/{branch}/protection",
    needsRole("admin", "administration:write"),
    async (call) => {
      const protection = readProtection(call);
      call.repository.protections.set(await existingBranch(call), protection);
      return ok(protectionItem(protectionUrl(call), protection));
    },
  ),
  route(
    "DELETE /repos/{owner}/{repo}/branches/{branch}/protection",
    needsRole("admin", "administration:write"),
    (call) => {
      if (!call.repository.protections.delete(call.parameter("branch"))) throw notFound();
      return noContent();
    },
  ),
];
