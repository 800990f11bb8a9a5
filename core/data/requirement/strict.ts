import type { Check } from "../check.ts";
import type { ContractPath } from "../contract.ts";
import { NONE } from "../limit.ts";
import type { Requirement } from "../requirement.ts";

export interface StrictTerms {
  readonly findingId: string;
  readonly breach: string;
  readonly at: ContractPath;
}

/** A check that no row may break. */
export function strict(check: Check, terms: StrictTerms): Requirement {
  const parts = [{ check, of: "broken" }] as const;
  return { parts, limit: NONE, unit: "rows", severity: "error", method: ALL_ROWS, ...terms };
}

export const ALL_ROWS = "counted over all rows";
