import type { z } from "zod";
import { UserError } from "#core/errors";
import type { RepositoryRef } from "#core/ports/code-host";
import { explained, isOutcomeUnknown } from "./problems.ts";
import { fetchOf, pause, timedFetch } from "./timed-fetch.ts";

/** What the adapters need of an Octokit; those of @octokit/rest, @actions/github and Probot all have it. */
export interface AnyOctokit {
  request(route: string, parameters?: Record<string, unknown>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

export interface RepositoryAccess extends RepositoryRef {
  readonly octokit: AnyOctokit;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** One repository's REST API: bounded in time, never repeated behind our back, checked against a schema. */
export interface Client extends RepositoryRef {
  read<Schema extends z.ZodType>(route: string, schema: Schema, parameters?: Parameters): Promise<z.output<Schema>>;
  /** The same, or undefined where GitHub says 404. */
  find<Schema extends z.ZodType>(
    route: string,
    schema: Schema,
    parameters?: Parameters,
  ): Promise<z.output<Schema> | undefined>;
  /** Sent once. */
  write<Schema extends z.ZodType>(route: string, schema: Schema, parameters?: Parameters): Promise<z.output<Schema>>;
  /** The bare answer, for streams and redirects; sent once. */
  raw(route: string, parameters: Parameters, timeoutSeconds: number): Promise<Answer>;
  /** Without the token. */
  fetch(timeoutSeconds: number): typeof fetch;
}

const READ_SECONDS = 10;
const WRITE_SECONDS = 15;
/** Reads may be repeated: what a second one could change was not changed by the first. */
const READ_PAUSES_MS = [300, 1_000];

export function githubClient({ octokit, owner, name }: RepositoryAccess): Client {
  const bare = (seconds: number) => timedFetch(seconds, fetchOf(octokit));
  const raw: Client["raw"] = async (route, parameters, timeoutSeconds) => {
    const { request, ...rest } = parameters;
    const bounded = { retries: 0, fetch: bare(timeoutSeconds), ...(request as Parameters | undefined) };
    try {
      return await octokit.request(route, { owner, repo: name, ...rest, request: bounded });
    } catch (error) {
      throw explained(error, { route, repository: `${owner}/${name}` });
    }
  };
  const read: Client["read"] = async (route, schema, parameters = {}) => {
    const answer = await patiently(() => raw(route, parameters, READ_SECONDS));
    return checked(schema, answer.data, route);
  };
  return {
    owner,
    name,
    raw,
    fetch: bare,
    read,
    find: (route, schema, parameters) => read(route, schema, parameters).catch(undefinedWhenMissing),
    write: async (route, schema, parameters = {}) => {
      const answer = await raw(route, parameters, WRITE_SECONDS);
      return checked(schema, answer.data, route);
    },
  };
}

export function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof UserError && error.code === "GITHUB_NOT_FOUND") return undefined;
  throw error;
}

async function patiently<Result>(read: () => Promise<Result>): Promise<Result> {
  for (const milliseconds of READ_PAUSES_MS) {
    try {
      return await read();
    } catch (error) {
      if (!isOutcomeUnknown(error)) throw error;
      await pause(milliseconds);
    }
  }
  return read();
}

/** A proxy's HTML page with status 200 is no answer. */
function checked<Schema extends z.ZodType>(schema: Schema, data: unknown, route: string): z.output<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? "" : ` (${issue.path.map(String).join(".") || "body"}: ${issue.message})`;
  throw new UserError(
    "GITHUB_UNAVAILABLE",
    `GitHub's answer to ${route} is not what its API promises${where}.`,
    "Try again later; if it stays, check for a proxy between here and GitHub.",
    { cause: parsed.error },
  );
}
