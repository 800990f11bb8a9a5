import type { CustomQuery } from "../custom-query.ts";
import { type Found, findingOf, shortName } from "../finding.ts";
import type { QueryAnswer } from "../survey.ts";

/** What the contract's own queries found. One that cannot be run is an error: what it asks is not known to hold. */
export function queryFindings(
  queries: readonly CustomQuery[],
  answers: readonly QueryAnswer[],
  rows: number,
): readonly Found[] {
  return queries.flatMap((query, at) => {
    const answer = answers[at] ?? { kind: "refused", reason: "the engine gave no answer" };
    return answer.kind === "number" ? broken(query, answer.value, rows) : [refused(query, answer.reason, rows)];
  });
}

function broken(query: CustomQuery, value: number, rows: number): Found[] {
  const { limit, unit, severity, column, at } = query;
  if (limit.holds(value)) return [];
  const finding = findingOf({
    id: "DATA_CUSTOM_CHECK",
    severity,
    column,
    sentence: `${nameOf(query)} gave ${Number(value.toPrecision(12))}; it ${limit.words}${unit === "percent" ? " percent" : ""}.`,
    nextStep: "Look at the rows the query counts, or change the rule in the contract.",
    statistic: unit === "percent" ? "percent, by query" : "number, by query",
    value,
    threshold: limit.threshold,
    rows,
    method: METHOD,
  });
  return [{ finding, at }];
}

function refused(query: CustomQuery, reason: string, rows: number): Found {
  const finding = findingOf({
    id: "DATA_QUERY_REFUSED",
    severity: "error",
    column: query.column,
    sentence: `${nameOf(query)} was not run: ${reason.replace(/\.$/, "")}.`,
    nextStep: "Write one statement that only reads the table data and gives one number; DuckDB runs it.",
    rows,
    method: METHOD,
  });
  return { finding, at: query.at };
}

function nameOf({ description, column }: CustomQuery): string {
  if (description !== undefined) return `The query "${shortName(description)}"`;
  return column === null ? "A query of the contract" : `A query on column "${shortName(column)}"`;
}

const METHOD = "the contract's own statement over the table data";
