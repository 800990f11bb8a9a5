import type { Log } from "#core/ports/log";
import type { Verdict } from "./define-action.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Explained } from "./explain.ts";

export interface Finished {
  readonly exitCode: ExitCode;
  readonly verdict: Verdict | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What --json prints. */
  readonly document: unknown;
}

/** Where an action runs: inside a GitHub job or on a command line. */
export interface Runner {
  readonly log: Log;
  /** The raw text of each named input; undefined when it was left out or empty. */
  inputs(names: readonly string[]): Readonly<Record<string, string | undefined>>;
  /** From now on the value is shown as ***. */
  mask(secret: string): void;
  setOutputs(outputs: Readonly<Record<string, unknown>>): void;
  summary(markdown: string): Promise<void>;
  fail(error: Explained): void;
  finish(result: Finished): void;
}
