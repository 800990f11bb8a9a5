import type { DuckDBConnection } from "@duckdb/node-api";
import { UserError } from "#core/errors";

const INTERRUPT_MS = 20;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Interrupts what runs when its time is over: one deadline for everything together. */
export class StopWatch {
  readonly #seconds: number;
  readonly #deadline: number;

  constructor(seconds: number) {
    this.#seconds = seconds;
    this.#deadline = performance.now() + seconds * 1_000;
  }

  /** @throws UserError DATA_ENGINE_TIMEOUT */
  async timed<Value>(connection: DuckDBConnection, work: () => Promise<Value>): Promise<Value> {
    const { value, error, isLate } = await interrupted(connection, this.#left(), work);
    if (isLate) throw tooSlow(this.#seconds, error);
    if (error !== undefined) throw error;
    return value as Value;
  }

  /**
   * Stops a statement that others wrote after `seconds` of its own.
   * @throws UserError DATA_ENGINE_TIMEOUT when the deadline of all is over; StatementStopped when only its own is
   */
  async foreign<Value>(
    connection: DuckDBConnection,
    seconds: number,
    work: (connection: DuckDBConnection) => Promise<Value>,
  ): Promise<Value> {
    const left = this.#left();
    const allowed = Math.min(left, seconds * 1_000);
    const { value, error, isLate } = await interrupted(connection, allowed, () => work(connection));
    if (isLate && allowed === left) throw tooSlow(this.#seconds, error);
    if (isLate) throw new StatementStopped(seconds);
    if (error !== undefined) throw error;
    return value as Value;
  }

  #left(): number {
    return Math.max(0, this.#deadline - performance.now());
  }
}

export class StatementStopped extends Error {
  constructor(seconds: number) {
    super(`it was stopped after ${seconds} seconds`);
  }
}

interface Outcome<Value> {
  readonly value?: Value;
  readonly error?: unknown;
  readonly isLate: boolean;
}

async function interrupted<Value>(
  connection: DuckDBConnection,
  milliseconds: number,
  work: () => Promise<Value>,
): Promise<Outcome<Value>> {
  let isLate = false;
  let again: NodeJS.Timeout | undefined;
  const interrupt = () => {
    isLate = true;
    connection.interrupt();
  };
  const begin = () => {
    interrupt();
    // An interrupt that comes before a statement has begun, or between two chunks, is lost.
    again = setInterval(interrupt, INTERRUPT_MS);
  };
  const timer = setTimeout(begin, Math.min(milliseconds, LONGEST_TIMER_MS));
  try {
    return { value: await work(), isLate };
  } catch (error) {
    return { error, isLate };
  } finally {
    clearTimeout(timer);
    clearInterval(again);
  }
}

function tooSlow(seconds: number, cause: unknown): UserError {
  const hint = "Check a smaller file, or allow more time.";
  return new UserError("DATA_ENGINE_TIMEOUT", `The data engine was stopped after ${seconds} seconds.`, hint, { cause });
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Out of Memory Error");
}

export function outOfMemory(error: unknown): unknown {
  if (!isOutOfMemory(error)) return error;
  const hint = "Allow the data engine more memory, or check the data in smaller files.";
  return new UserError("DATA_ENGINE_MEMORY", "The data engine needs more memory than it may take.", hint, {
    cause: error,
  });
}
