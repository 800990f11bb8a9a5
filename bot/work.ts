import type { Clock } from "#core/ports/clock";
import type { CodeHost } from "#core/ports/code-host";
import type { DataEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import type { ObjectStore } from "#core/ports/object-store";

/**
 * What there is to look at. Webhooks only name it; the state is read back from GitHub. Two keys of one text are the
 * same work, and work of one repository's pull request or release never runs twice at once.
 */
export type Key =
  | { readonly kind: "pull-request"; readonly number: number }
  | { readonly kind: "release"; readonly model: string; readonly environment: string }
  /** A comment that may hold commands. Reading it again decides. */
  | { readonly kind: "comment"; readonly number: number; readonly commentId: number }
  /** Everything of the repository: every open pull request and every release record. */
  | { readonly kind: "repository" };

export interface Repository {
  readonly owner: string;
  readonly name: string;
  /** Of the app in this repository; 0 when the bot runs inside a workflow with the job's token. */
  readonly installationId: number;
}

/** Says what happened, in one line without secrets. */
export interface BotLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** All a reconciler may touch, connected to one repository. */
export interface BotPorts {
  readonly host: CodeHost;
  readonly store: ObjectStore;
  readonly documents: Documents;
  readonly engine: DataEngine;
  readonly clock: Clock;
  readonly log: BotLog;
  /** An empty folder for this piece of work, removed after it. */
  readonly scratch: Files;
  /** The login comments of ours carry, such as `tidemark[bot]`. */
  readonly login: string;
}

/** Brings one key to where it should be, and names the keys that must be looked at because of it. */
export type Reconcile = (key: Key, ports: BotPorts) => Promise<readonly Key[]>;
