import { kindOf, type Quality, severityOf } from "../contract/quality.ts";
import type { ContractPath } from "../contract.ts";
import { limitOf } from "../limit.ts";
import type { Part, Requirement } from "../requirement.ts";
import { ALL_ROWS } from "./strict.ts";

/** What a rule of a column asks for; nothing when it is not a metric of the standard's library. */
export function qualityRequirement(column: string, quality: Quality, at: ContractPath): Requirement[] {
  const counted = kindOf(quality) === "metric" ? countedOf(column, quality) : undefined;
  const limit = limitOf(quality);
  if (counted === undefined || limit === undefined) return [];
  const unit = quality.unit === "percent" ? "percent" : "rows";
  const method = `${quality.metric}, ${ALL_ROWS}`;
  return [{ ...counted, limit, unit, severity: severityOf(quality), method, at }];
}

type Counted = Pick<Requirement, "parts" | "findingId" | "breach">;

function countedOf(column: string, quality: Quality): Counted | undefined {
  switch (quality.metric) {
    case "nullValues":
      return { parts: missing(column), findingId: "DATA_MISSING_VALUES", breach: "values are missing" };
    case "missingValues":
      return missingValues(column, quality);
    case "duplicateValues": {
      const parts = [{ check: { kind: "unique", columns: [column] }, of: "broken" }] as const;
      return { parts, findingId: "DATA_DUPLICATE_VALUES", breach: "values are repeated" };
    }
    case "invalidValues":
      return invalidValues(column, quality);
    default:
      return undefined;
  }
}

function missing(column: string): readonly Part[] {
  return [{ check: { kind: "present", column }, of: "broken" }];
}

/** Empty values, and those the contract names as meaning the same. */
function missingValues(column: string, { arguments: given }: Quality): Counted {
  const values = (given?.missingValues ?? []).filter((value) => value !== null && value !== "");
  const named: readonly Part[] = [{ check: { kind: "one-of", column, values: values.map(String) }, of: "kept" }];
  const parts = values.length === 0 ? missing(column) : [...missing(column), ...named];
  return { parts, findingId: "DATA_MISSING_VALUES", breach: "values are missing" };
}

function invalidValues(column: string, { arguments: given }: Quality): Counted | undefined {
  const { validValues: values, pattern } = given ?? {};
  if (values !== undefined) {
    const parts = [{ check: { kind: "one-of", column, values }, of: "broken" }] as const;
    const breach = `values are not one of the ${values.length} allowed`;
    return { parts, findingId: "DATA_INVALID_VALUES", breach };
  }
  if (pattern === undefined) return undefined;
  const parts = [{ check: { kind: "pattern", column, pattern }, of: "broken" }] as const;
  return { parts, findingId: "DATA_PATTERN_MISMATCH", breach: "values do not match the pattern" };
}
