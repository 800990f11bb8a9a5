import type { ColumnSurvey, SurveyRequest } from "#core/data/survey";
import { surveyColumn } from "#core/data/survey-column";
import { labelTeller } from "./count-labels.ts";
import { batches, columnReader } from "./read-column.ts";
import type { OpenReference } from "./read-reference.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";
import type { TypedColumns } from "./typed-table.ts";

interface ColumnsAsked {
  readonly names: readonly string[];
  readonly types: TypedColumns;
  readonly rows: number;
  readonly request: SurveyRequest;
  readonly reference: OpenReference | undefined;
  readonly session: Session;
}

/** Reads some columns, keeps what is small of them, and goes on to the next. */
export async function surveyColumns(table: Table, asked: ColumnsAsked): Promise<readonly ColumnSurvey[]> {
  const { names, types, rows, request, reference, session } = asked;
  const reader = columnReader(table, { types, rows, session });
  const teller = await labelTeller(table, { label: request.label, types, session });
  const surveys = new Map<string, ColumnSurvey>();
  for (const batch of batches(wordsFirst(names, types), rows)) {
    const references = await reference?.read(batch);
    const read = await reader.read(batch);
    const surveyed = batch.flatMap((name) => {
      const column = read.get(name);
      if (column === undefined) return [];
      const type = types.get(name)?.type ?? "string";
      const options = { type, profile: request.profile, reference: references?.get(name) };
      return surveyColumn(column, options);
    });
    const told = await teller.tell(surveyed.map(({ survey, buckets }) => ({ name: survey.profile.name, buckets })));
    for (const [at, { survey }] of surveyed.entries())
      surveys.set(survey.profile.name, { ...survey, labelTold: told[at] ?? null });
  }
  return names.flatMap((name) => surveys.get(name) ?? []);
}

/** Groupings need memory that the arrays of numbers would take. */
function wordsFirst(names: readonly string[], types: TypedColumns): readonly string[] {
  const isNumeric = (name: string) => types.get(name)?.isNumeric === true;
  return [...names.filter((name) => !isNumeric(name)), ...names.filter(isNumeric)];
}
