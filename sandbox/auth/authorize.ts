import { ApiError, notAccessible, notFound } from "../http/api-error.ts";
import type { Access } from "../http/route.ts";
import { type Account, hasRole } from "../model/account.ts";
import type { Permissions } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import type { Actor } from "./actor.ts";
import { roleOf } from "./actor.ts";

/** Throws GitHub's refusal when the actor may not use this route on this repository. */
export function authorize(actor: Actor, access: Access, repository: Repository | undefined): void {
  if (repository && !canSee(actor, repository)) throw notFound();
  if (access.kind === "repository") authorizeOnRepository(actor, access, repository);
  else authorizeKind(actor, access);
}

function authorizeKind(actor: Actor, access: Exclude<Access, RepositoryAccess>): void {
  if (access.kind === "public") return;
  if (actor.kind === "anonymous") throw new ApiError(401, "Requires authentication");
  if (access.kind === "app" && actor.kind !== "app") throw new ApiError(401, "A JSON web token could not be decoded");
  if (access.kind === "installation" && actor.kind !== "installation") throw notAccessible();
  if (access.kind === "account" && actor.kind === "app") throw notAccessible();
}

function canSee(actor: Actor, repository: Repository): boolean {
  if (!repository.private) return true;
  switch (actor.kind) {
    case "anonymous":
      return false;
    case "user":
      return roleOf(repository, actor.account) !== undefined;
    case "app":
      return true;
    default:
      return actor.repositoryIds.has(repository.id);
  }
}

type RepositoryAccess = Extract<Access, { kind: "repository" }>;

function authorizeOnRepository(actor: Actor, access: RepositoryAccess, repository: Repository | undefined): void {
  switch (actor.kind) {
    case "anonymous":
      if (access.role !== "read" || access.anyOf.some((permission) => permission.endsWith(":write"))) {
        throw new ApiError(401, "Requires authentication");
      }
      return;
    case "app":
      throw notAccessible();
    case "user":
      authorizePerson(actor.account, access, repository);
      return;
    default:
      authorizeToken(actor, access, repository);
  }
}

type TokenActor = Extract<Actor, { kind: "installation" | "job" }>;

/** Outside its repositories a token still reads what is public, as everybody may. */
function authorizeToken(actor: TokenActor, access: RepositoryAccess, repository: Repository | undefined): void {
  const isOutside = repository !== undefined && !actor.repositoryIds.has(repository.id);
  const isPublicRead = access.role === "read" && access.anyOf.every((permission) => permission.endsWith(":read"));
  const isAllowed = isOutside ? isPublicRead : access.anyOf.some((one) => isGranted(actor.permissions, one));
  if (!isAllowed) throw notAccessible();
}

function authorizePerson(account: Account, access: RepositoryAccess, repository: Repository | undefined): void {
  if (access.appsOnly) throw new ApiError(403, "You must authenticate via a GitHub App.");
  if (repository && !hasRole(roleOf(repository, account), access.role)) throw roleMissing(access);
}

/** Git-level writes hide behind 404; administration says what is missing. */
function roleMissing(access: RepositoryAccess): ApiError {
  return access.role === "admin" ? new ApiError(403, "Must have admin rights to Repository.") : notFound();
}

/** Every app may read metadata; write includes read. */
export function isGranted(permissions: Permissions, permission: string): boolean {
  const [name = "", level = ""] = permission.split(":");
  if (permission === "metadata:read") return true;
  const held = permissions[name];
  return held === "write" || (held === "read" && level === "read");
}
