import type { Check } from "./check.ts";
import { severityOf } from "./contract/quality.ts";
import { type Contract, type ContractPath, objectOf, objectPath } from "./contract.ts";
import type { Severity } from "./finding.ts";
import { type Limit, limitOf } from "./limit.ts";
import { ageRequirements } from "./requirement/ages.ts";
import { foreignKeys, type RelatedFiles } from "./requirement/foreign-keys.ts";
import { columnRequirements } from "./requirement/of-column.ts";
import { objectRequirements } from "./requirement/of-object.ts";
import type { Requirement } from "./requirement.ts";

/** What a contract cannot know by itself. */
export interface Circumstances {
  /** Undefined where rows may be of any age, as in a holdout. */
  readonly now: Date | undefined;
  /** Where the datasets lie that foreign keys refer to, by name. */
  readonly related: RelatedFiles;
}

/** Everything a contract asks of its rows, as counts an engine can make in one pass. */
export function requirementsOf(contract: Contract, { now, related }: Circumstances): readonly Requirement[] {
  const { properties } = objectOf(contract);
  return [
    ...properties.flatMap((property, at) => columnRequirements(property, [...objectPath, "properties", at])),
    ...objectRequirements(contract),
    ...foreignKeys(contract).flatMap((key) => key.requirement(related)),
    ...(now === undefined ? [] : ageRequirements(contract, now)),
  ];
}

export function checksOf(requirements: readonly Requirement[]): readonly Check[] {
  return requirements.flatMap(({ parts }) => parts.map(({ check }) => check));
}

/** A limit on the number of rows, and where it stands. */
export interface RowCountLimit {
  readonly limit: Limit;
  readonly severity: Severity;
  readonly at: ContractPath;
}

export function rowCountLimits(contract: Contract): readonly RowCountLimit[] {
  return objectOf(contract).quality.flatMap((quality, at) => {
    const limit = quality.metric === "rowCount" ? limitOf(quality) : undefined;
    if (limit === undefined) return [];
    return [{ limit, severity: severityOf(quality), at: [...objectPath, "quality", at] }];
  });
}
