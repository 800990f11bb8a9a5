import { kindOf, type Quality, severityOf } from "./contract/quality.ts";
import { type Contract, type ContractPath, objectOf, objectPath } from "./contract.ts";
import type { Severity } from "./finding.ts";
import { type Limit, limitOf } from "./limit.ts";

/** A rule of type sql: a statement of one number, and what that must be. */
export interface CustomQuery {
  /** Over the table `data`. */
  readonly statement: string;
  readonly column: string | null;
  readonly limit: Limit;
  readonly unit: string;
  readonly severity: Severity;
  /** What the contract says of the rule. */
  readonly description: string | undefined;
  readonly at: ContractPath;
}

export function customQueries(contract: Contract): readonly CustomQuery[] {
  const { properties, quality } = objectOf(contract);
  return [
    ...properties.flatMap((property, at) => {
      const path = [...objectPath, "properties", at, "quality"];
      return property.quality.flatMap((rule, index) => queryOf(rule, property.name, [...path, index]));
    }),
    ...quality.flatMap((rule, index) => queryOf(rule, null, [...objectPath, "quality", index])),
  ];
}

function queryOf(rule: Quality, column: string | null, at: ContractPath): CustomQuery[] {
  const limit = limitOf(rule);
  if (kindOf(rule) !== "query" || rule.query === undefined || limit === undefined) return [];
  const { unit, description } = rule;
  return [
    { statement: statementOf(rule.query, column), column, limit, unit, severity: severityOf(rule), description, at },
  ];
}

const PLACEHOLDER = /\$?\{(object|table|property|column)\}/g;

/** The standard's placeholders, in all spellings it has had: the object is the table `data`, the property a quoted name. */
function statementOf(query: string, column: string | null): string {
  return query.replace(PLACEHOLDER, (_, name: string) =>
    name === "object" || name === "table" ? "data" : `"${(column ?? "").replaceAll('"', '""')}"`,
  );
}
