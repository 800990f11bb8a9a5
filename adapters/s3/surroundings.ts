import type { Clock } from "#core/ports/clock";
import type { Random } from "#core/random";

/** Time, chance and patience; handed in so that a test need not wait. */
export interface Surroundings {
  readonly now: Clock;
  readonly random: Random;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly limits: Limits;
}

export interface Limits {
  readonly connectSeconds: number;
  /** Without a byte in either direction. */
  readonly idleSeconds: number;
  /** For a whole call that carries no bytes of an object; one that does gets more, see `secondsFor`. */
  readonly callSeconds: number;
}

/** A transfer slower than this on the whole is taken for one that hangs. */
const SLOWEST_BYTES_PER_SECOND = 128 * 1024;

export function secondsFor(bytes: number, limits: Limits): number {
  return limits.callSeconds + bytes / SLOWEST_BYTES_PER_SECOND;
}

export const realSurroundings: Surroundings = {
  now: () => new Date(),
  random: Math.random,
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  limits: { connectSeconds: 10, idleSeconds: 30, callSeconds: 60 },
};
