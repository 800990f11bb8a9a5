import type { Check } from "#core/data/check";
import type { Survey, SurveyRequest } from "#core/data/survey";
import { checkTable } from "./check-table.ts";
import { countAnonymity } from "./count-anonymity.ts";
import { keptTable } from "./kept-table.ts";
import { refuseMissing } from "./missing-column.ts";
import { absentColumns, openReference } from "./read-reference.ts";
import { runQueries } from "./run-queries.ts";
import { surveyColumns } from "./survey-columns.ts";
import type { Surveying } from "./surveying.ts";
import type { Table } from "./table.ts";

/** Everything that is asked of one file, one column and one grouping at a time, so that memory stays bounded. */
export async function surveyTable(given: Table, request: SurveyRequest, surveying: Surveying): Promise<Survey> {
  const { checks, queries, anonymity } = request;
  const { session } = surveying;
  const reference = await openReference(request, surveying);
  const names = await surveyedNames(given, request, reference?.names ?? []);
  const table = needsKeeping(request, names) ? await keptTable(given, surveying) : given;
  const spoken = queries.join("\n").toLowerCase();
  const queried = table.columns.filter((name) => spoken.includes(name.toLowerCase()));
  const { measurement, types } = await checkTable(table, { checks, names: [...names, ...queried] }, surveying);
  const { rows } = measurement;
  const answers = await runQueries(table, queries, { types, surveying });
  // Groupings first: the columns' arrays take their memory.
  const hidden = anonymity === undefined ? null : await countAnonymity(table, anonymity, session);
  const columns = await surveyColumns(table, { names, types, rows, request, reference, session });
  const absent = await absentColumns(reference, table.columns);
  return { measurement, answers, columns, absent, anonymity: hidden };
}

/** @throws UserError COLUMN_MISSING for a column that neither the file nor the reference has */
async function surveyedNames(
  table: Table,
  { columns }: SurveyRequest,
  referenced: readonly string[],
): Promise<readonly string[]> {
  const [known, compared] = [new Set(table.columns), new Set(referenced)];
  const names = [...new Set(columns ?? table.columns)].filter((name) => known.has(name) || !compared.has(name));
  await refuseMissing(table, names);
  return names;
}

/** What reads the file more than once; a check of rows does not. */
function needsKeeping({ checks, queries, anonymity }: SurveyRequest, names: readonly string[]): boolean {
  const isOfRows = ({ kind }: Check) => kind !== "exists-in" && kind !== "distinct-rows";
  return names.length > 0 || queries.length > 0 || anonymity !== undefined || !checks.every(isOfRows);
}
