import type { Surroundings } from "./surroundings.ts";

/** Something that another attempt may mend. After the last attempt `failure` is what the caller is told. */
export class Transient extends Error {
  readonly failure: Error;
  /** What the server asked for by Retry-After. */
  readonly waitSeconds: number | undefined;

  constructor(failure: Error, waitSeconds?: number) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.waitSeconds = waitSeconds;
  }
}

const ATTEMPTS = 6;
const FIRST_WAIT = 200;
const LONGEST_WAIT = 10_000;
const LONGEST_ASKED_SECONDS = 30;

/** `work` until it does not end in a Transient, at most six times. It is told how many attempts went before. */
export async function retrying<T>(surroundings: Surroundings, work: (earlier: number) => Promise<T>): Promise<T> {
  for (let earlier = 0; ; earlier++) {
    try {
      return await work(earlier);
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (earlier + 1 >= ATTEMPTS) throw error.failure;
      await surroundings.pause(waitMilliseconds(earlier, error.waitSeconds, surroundings.random()));
    }
  }
}

/**
 * Full jitter: anywhere between nothing and 200 ms doubled each time, at most 10 s, so that many clients do not come back
 * together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). Retry-After is waited for first.
 */
export function waitMilliseconds(earlier: number, askedSeconds: number | undefined, chance: number): number {
  const asked = Math.min(Math.max(askedSeconds ?? 0, 0), LONGEST_ASKED_SECONDS) * 1_000;
  return asked + chance * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** earlier);
}
