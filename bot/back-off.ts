import { UserError } from "#core/errors";
import type { Random } from "#core/random";

const FIRST_MILLISECONDS = 1000;
const LONGEST_MILLISECONDS = 60_000;

/** Waits of 1, 2, 4, … 32, 60 s lie between these tries; after the last one the sweep takes over. */
const MOST_TRIES = 8;

/**
 * Codes of core/ports/code-host.ts. A 401 is a token that just ended; a 404 something not yet visible to readers. A
 * rate limit is not in the list: it asks for a minute at least, so that the sweep is the next to try.
 */
const TRIES_BY_CODE: ReadonlyMap<string, number> = new Map([
  ["GITHUB_UNAVAILABLE", MOST_TRIES],
  ["GITHUB_UNAUTHORIZED", 2],
  ["GITHUB_NOT_FOUND", 2],
]);

/** How often work that fails like this is tried in all. What only a person can mend is tried once. */
export function triesFor(error: unknown): number {
  return error instanceof UserError ? (TRIES_BY_CODE.get(error.code) ?? 1) : MOST_TRIES;
}

/** Time to wait after the given failed try (from 1): doubling, with jitter of up to half of it. */
export function backOffMilliseconds(failedTries: number, random: Random): number {
  const full = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** (failedTries - 1));
  return Math.round(full * (0.5 + random() / 2));
}
