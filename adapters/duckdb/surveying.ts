import type { KeyCounting } from "./count-keys.ts";
import type { Keeping } from "./kept-table.ts";

export interface Surveying extends KeyCounting, Keeping {
  /** For each statement of others. */
  readonly querySeconds: number;
  /** Statements that ended the child before, by their place; they are not run again. */
  readonly deadly: readonly number[];
  /** Tells the parent which statement is about to run. */
  aboutToRun(query: number): Promise<void>;
}
