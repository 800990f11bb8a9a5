import { severityOf, tidemarkCheck } from "./contract/quality.ts";
import type { TidemarkCheck } from "./contract/tidemark-check.ts";
import { type Contract, type ContractPath, objectOf, objectPath } from "./contract.ts";
import type { Severity } from "./finding.ts";
import { type Limit, limitOf } from "./limit.ts";

/** A rule of the contract that asks for one of our own checks. */
export interface TidemarkRule {
  readonly check: TidemarkCheck["check"];
  readonly limit: Limit;
  readonly severity: Severity;
  readonly at: ContractPath;
}

export function tidemarkRules(contract: Contract, check: TidemarkCheck["check"]): readonly TidemarkRule[] {
  return objectOf(contract).quality.flatMap((rule, index) => {
    const asked = tidemarkCheck(rule);
    const limit = asked?.check === check ? limitOf(asked) : undefined;
    if (limit === undefined) return [];
    return [{ check, limit, severity: severityOf(rule), at: [...objectPath, "quality", index] }];
  });
}
