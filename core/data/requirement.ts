import type { Check } from "./check.ts";
import type { ContractPath } from "./contract.ts";
import type { Severity } from "./finding.ts";
import type { Limit } from "./limit.ts";

/** Rows that one check counts: those that break it, those that keep it, or those that break it taken away. */
export interface Part {
  readonly check: Check;
  readonly of: "broken" | "kept" | "minus broken";
}

/** Counts of rows, added up, and what their sum must be. */
export interface Requirement {
  readonly parts: readonly Part[];
  readonly limit: Limit;
  /** Percent are of the rows the first part looks at. */
  readonly unit: "rows" | "percent";
  readonly findingId: string;
  readonly severity: Severity;
  /** What was counted, as the middle of a sentence: "values are not one of the 8 allowed". */
  readonly breach: string;
  /** How it was counted. */
  readonly method: string;
  readonly nextStep?: string;
  /** What in the contract asks for it. */
  readonly at: ContractPath;
}
