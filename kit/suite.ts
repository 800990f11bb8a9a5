import type { DescribedAction } from "./define-action.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Runner } from "./runner.ts";

export interface SuiteEntry {
  readonly title: string;
  readonly description: string;
  /** The declaration alone, for help and flags. */
  readonly define: () => Promise<DescribedAction>;
  /** The action with its adapters. */
  readonly load: () => Promise<{ run(runner: Runner): Promise<ExitCode> }>;
}

/** Every action by name. Titles and descriptions are written out so that listing them loads no action. */
export type Suite = Readonly<Record<string, SuiteEntry>>;
