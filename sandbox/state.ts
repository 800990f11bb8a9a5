import type { Account } from "./model/account.ts";
import type { App, Installation, ManifestConversion, Permissions } from "./model/app.ts";
import type { Delivery } from "./model/delivery.ts";
import type { Repository } from "./model/repository.ts";

export interface InstallationToken {
  readonly installation: Installation;
  readonly permissions: Permissions;
  readonly repositoryIds: ReadonlySet<number>;
  readonly expiresAt: string;
}

export interface JobToken {
  readonly repository: Repository;
  readonly runId: number;
  readonly permissions: Permissions;
}

/** Everything the sandbox knows outside git. Plain maps, so that a page or a test can simply look. */
export interface SandboxState {
  /** Base of every URL that is called: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly directory: string;
  /** By login, lower case. */
  readonly accounts: Map<string, Account>;
  /** By `owner/name`, lower case. */
  readonly repositories: Map<string, Repository>;
  readonly apps: Map<number, App>;
  /** The app that owns the checks of workflow runs, as github.com's `github-actions`. */
  readonly actionsApp: App;
  readonly installations: Map<number, Installation>;
  readonly personalTokens: Map<string, Account>;
  readonly installationTokens: Map<string, InstallationToken>;
  readonly jobTokens: Map<string, JobToken>;
  readonly manifestCodes: Map<string, ManifestConversion>;
  /** In order of sending. */
  readonly deliveries: Map<number, Delivery>;
  nextId(): number;
  /** RFC 3339, whole seconds, as GitHub prints it. */
  now(): string;
}

export function findRepository(state: SandboxState, fullName: string): Repository | undefined {
  return state.repositories.get(fullName.toLowerCase());
}

export function knownRepository(state: SandboxState, fullName: string): Repository {
  const repository = findRepository(state, fullName);
  if (!repository) throw new Error(`No repository "${fullName}" in the sandbox.`);
  return repository;
}

export function knownAccount(state: SandboxState, login: string): Account {
  const account = state.accounts.get(login.toLowerCase());
  if (!account) throw new Error(`No account "${login}" in the sandbox.`);
  return account;
}

/** Runs `work` after every mutation of this repository that was asked for earlier. */
export function inTurn<Result>(repository: Repository, work: () => Promise<Result>): Promise<Result> {
  const result = repository.queue.then(work, work);
  repository.queue = result.catch(() => undefined);
  return result;
}
