import { UserError } from "#core/errors";
import { permissionFor } from "./permission-names.ts";

export interface Attempt {
  readonly route: string;
  readonly repository: string;
}

interface Failure {
  readonly status: number;
  readonly message: string;
  /** Undefined when no answer came: a timeout or a broken connection. */
  readonly headers: Readonly<Record<string, unknown>> | undefined;
}

/** Turns whatever an Octokit throws into one sentence and a way out. */
export function explained(error: unknown, attempt: Attempt): unknown {
  const failure = failureOf(error);
  if (failure === undefined || error instanceof UserError) return error;
  const { code, problem, hint } = describe(failure, attempt);
  return new UserError(code, problem, hint, { cause: error });
}

/** No answer, or one that says nothing about whether the work was done. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof UserError && error.code === "GITHUB_UNAVAILABLE";
}

/** GitHub's status of a translated error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof UserError ? failureOf(error.cause)?.status : undefined;
}

/** GitHub's own words in a translated error. */
export function wordsOf(error: unknown): string {
  return (error instanceof UserError ? failureOf(error.cause)?.message : undefined) ?? "";
}

function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  const response = "response" in error ? (error.response as { headers?: Failure["headers"] } | undefined) : undefined;
  return { status: error.status, message: plain(error.message), headers: response?.headers };
}

const plain = (message: string): string => message.replace(/ - https?:\/\/\S+$/, "").slice(0, 500);

interface Description {
  readonly code: string;
  readonly problem: string;
  readonly hint: string;
}

function describe(failure: Failure, attempt: Attempt): Description {
  const { status, message, headers } = failure;
  const what = `${attempt.route} on ${attempt.repository}`;
  if (headers === undefined) return unavailable(`GitHub did not answer ${what}: ${message}.`);
  if (isRateLimit(failure)) return rateLimited(headers, what);
  switch (status) {
    case 401:
      return {
        code: "GITHUB_UNAUTHORIZED",
        problem: `GitHub does not accept the token (${what}).`,
        hint: "Check that the token has not expired and belongs to this GitHub.",
      };
    case 403:
      return forbidden(failure, attempt);
    case 404:
    case 410:
      return {
        code: "GITHUB_NOT_FOUND",
        problem: `GitHub finds nothing at ${what}: ${message}.`,
        hint: "Check the name, and that the token may see this repository.",
      };
    default:
      return status >= 500
        ? unavailable(`GitHub answered ${what} with ${status}.`)
        : { code: "GITHUB_REFUSED", problem: `GitHub refused ${what}: ${message}.`, hint: "Change what it names." };
  }
}

function unavailable(problem: string): Description {
  return { code: "GITHUB_UNAVAILABLE", problem, hint: "Try again later; www.githubstatus.com tells of known trouble." };
}

function forbidden({ message, headers }: Failure, { route, repository }: Attempt): Description {
  const permission = String(headers?.["x-accepted-github-permissions"] ?? permissionFor(route));
  return {
    code: "GITHUB_FORBIDDEN",
    problem: `The token may not ${route} on ${repository}: ${message}.`,
    hint: `Grant it the permission "${permission}" (a workflow's "permissions:" or the app's settings).`,
  };
}

function isRateLimit({ status, message, headers }: Failure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const spent = headers?.["x-ratelimit-remaining"] === "0";
  return spent || headers?.["retry-after"] !== undefined || /rate limit/i.test(message);
}

function rateLimited(headers: Readonly<Record<string, unknown>>, what: string): Description {
  return {
    code: "GITHUB_RATE_LIMITED",
    problem: `GitHub's rate limit is reached (${what}).`,
    hint: `Wait ${waitSeconds(headers, Date.now())} seconds before the next call.`,
  };
}

const SHORTEST_WAIT = 60;
const LONGEST_WAIT = 3_600;

/** GitHub asks for `retry-after` seconds, or until the reset time, or else at least a minute. */
function waitSeconds(headers: Readonly<Record<string, unknown>>, now: number): number {
  const after = Number(headers["retry-after"]);
  const reset = Number(headers["x-ratelimit-reset"]) - now / 1_000;
  const spent = headers["x-ratelimit-remaining"] === "0";
  const asked = after > 0 ? after : spent && reset > 0 ? reset : SHORTEST_WAIT;
  return Math.min(LONGEST_WAIT, Math.ceil(asked));
}
