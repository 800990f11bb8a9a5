import type { z } from "zod";
import { type Actor, accountOf } from "../auth/actor.ts";
import type { Events } from "../events/events.ts";
import type { Faults } from "../faults.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { ApiError, invalid, notFound } from "./api-error.ts";

/** Who does something, in which world: what an effect needs to happen and be announced. */
export interface Cause {
  readonly state: SandboxState;
  readonly events: Events;
  readonly actor: Actor;
}

export interface CallRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON; undefined when the request had none. */
  readonly body: unknown;
  readonly stream: ReadableStream | null;
}

export interface CallParts extends Cause {
  readonly faults: Faults;
  readonly request: CallRequest;
  readonly parameters: Readonly<Record<string, string>>;
  readonly repository: Repository | undefined;
}

/** One REST request on its way through a handler. */
export class Call implements Cause {
  readonly state: SandboxState;
  readonly events: Events;
  readonly actor: Actor;
  readonly faults: Faults;
  readonly request: CallRequest;
  readonly #parts: CallParts;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.state = parts.state;
    this.events = parts.events;
    this.actor = parts.actor;
    this.faults = parts.faults;
    this.request = parts.request;
  }

  get repository(): Repository {
    const { repository } = this.#parts;
    if (!repository) throw new Error("This route has no repository.");
    return repository;
  }

  get account(): Account {
    const account = accountOf(this.actor);
    if (!account) throw new ApiError(401, "Requires authentication");
    return account;
  }

  /** A path parameter as text. */
  parameter(name: string): string {
    return this.#parts.parameters[name] ?? "";
  }

  /** A path parameter as number; 404 when it is none, as GitHub answers. */
  number(name: string): number {
    const value = Number(this.parameter(name));
    if (!Number.isSafeInteger(value)) throw notFound();
    return value;
  }

  query(name: string): string | undefined {
    return this.request.query.get(name) ?? undefined;
  }

  accepts(mediaType: string): boolean {
    return (this.request.headers.get("accept") ?? "").includes(mediaType);
  }

  /** The request body, checked; 422 in GitHub's words when it does not fit. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const parsed = schema.safeParse(this.request.body ?? {});
    if (parsed.success) return parsed.data;
    const reasons = parsed.error.issues.map((issue) => `"${issue.path.join(".")}": ${issue.message}.`);
    throw invalid(`Invalid request.\n\n${reasons.join("\n")}`);
  }
}
