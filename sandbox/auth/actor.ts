import type { Account, Role } from "../model/account.ts";
import type { App, Installation, Permissions } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";

export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly account: Account }
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly app: App;
      readonly account: Account;
      readonly installation: Installation;
      readonly permissions: Permissions;
      readonly repositoryIds: ReadonlySet<number>;
    }
  | {
      readonly kind: "job";
      readonly app: App;
      readonly account: Account;
      readonly runId: number;
      readonly permissions: Permissions;
      readonly repositoryIds: ReadonlySet<number>;
    };

export function accountOf(actor: Actor): Account | undefined {
  if (actor.kind === "anonymous") return undefined;
  return actor.kind === "app" ? actor.app.bot : actor.account;
}

/** The app an effect was performed through; undefined for a person. */
export function appOf(actor: Actor): App | undefined {
  return "app" in actor ? actor.app : undefined;
}

export function actorName(actor: Actor): string {
  return accountOf(actor)?.login ?? "anonymous";
}

export function roleOf(repository: Repository, account: Account): Role | undefined {
  if (repository.owner.id === account.id) return "admin";
  return repository.collaborators.get(account.login.toLowerCase()) ?? (repository.private ? undefined : "read");
}
