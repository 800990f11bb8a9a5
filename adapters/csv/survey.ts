import { measureColumn } from "#core/data/drift/measure-column";
import { type Reference, referenceOf } from "#core/data/drift/reference";
import { labelTold } from "#core/data/leakage/label-told";
import { anonymity } from "#core/data/privacy/anonymity";
import { profiledReference } from "#core/data/profile/compare-with-profile";
import type { AnonymityRequest, ColumnSurvey, ReferenceSource, Survey, SurveyRequest } from "#core/data/survey";
import { surveyColumn } from "#core/data/survey-column";
import { findTypes, type TypedTable } from "./find-types.ts";
import { GroupCounter } from "./group-counter.ts";
import { placeOf } from "./key-tests.ts";
import { ColumnsReader, readColumns } from "./read-columns.ts";
import { readAgain } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";
import { tallyReader } from "./tally-reader.ts";

/** Reads the file twice: for the types, then for everything that depends on them. */
export async function survey(file: TableFile, request: SurveyRequest): Promise<Survey> {
  const table = await findTypes(file);
  const references = await referencesOf(file, request);
  const names = surveyedNames(file, table, { request, references });
  const tallies = await tallyReader(file, request.checks, table);
  const columns = new ColumnsReader(table, { names, label: request.label });
  const groups = groupCounter(request.anonymity, table);
  await readAgain(file, table, [tallies, columns, ...(groups === undefined ? [] : [groups])]);
  const { digest, bytes, rows } = table;
  return {
    measurement: { digest, bytes, rows, columns: table.columns, results: tallies.results() },
    answers: request.queries.map(() => ({ kind: "refused", reason: "custom SQL needs the DuckDB engine" })),
    columns: surveyAll(columns, table, { request, references }),
    absent: [...references.values()]
      .filter(({ name }) => !table.types.has(name))
      .map((reference) => measureColumn(reference, undefined)),
    anonymity: groups === undefined ? null : anonymity(groups.groups(), request.anonymity?.smallestGroup ?? 1),
  };
}

/** By name, of the columns asked for, in the reference's order. */
async function referencesOf(
  file: TableFile,
  { reference, columns }: SurveyRequest,
): Promise<ReadonlyMap<string, Reference>> {
  if (reference === undefined || columns?.length === 0) return new Map();
  const all = await allReferences(file, reference, columns);
  const wanted = all.filter(({ name }) => columns === undefined || columns.includes(name));
  return new Map(wanted.map((each) => [each.name, each]));
}

async function allReferences(
  file: TableFile,
  reference: ReferenceSource,
  columns: readonly string[] | undefined,
): Promise<readonly Reference[]> {
  if (reference.kind === "profile") return reference.profile.columns.map(profiledReference);
  return (await readColumns({ ...file, path: reference.path }, columns)).map(referenceOf);
}

interface Scene {
  readonly request: SurveyRequest;
  readonly references: ReadonlyMap<string, Reference>;
}

/** @throws UserError COLUMN_MISSING for a column that neither the file nor the reference has */
function surveyedNames({ path }: TableFile, table: TypedTable, { request, references }: Scene): readonly string[] {
  const wanted = [...new Set(request.columns ?? table.columns)].filter(
    (name) => table.types.has(name) || !references.has(name),
  );
  for (const name of wanted) placeOf(name, table.columns, path);
  return wanted;
}

function groupCounter(request: AnonymityRequest | undefined, { types }: TypedTable): GroupCounter | undefined {
  if (request === undefined) return undefined;
  const { quasiIdentifiers, sensitive } = request;
  const names = sensitive === undefined ? quasiIdentifiers : [...quasiIdentifiers, sensitive];
  return quasiIdentifiers.length > 0 && names.every((name) => types.has(name)) ? new GroupCounter(request) : undefined;
}

function surveyAll({ columns, labels }: ColumnsReader, { types }: TypedTable, scene: Scene): readonly ColumnSurvey[] {
  const { request, references } = scene;
  return columns.map((column) => {
    const { name } = column;
    const { survey: found, buckets } = surveyColumn(column.column(), {
      type: types.get(name) ?? "string",
      profile: request.profile,
      reference: references.get(name),
    });
    const isTold = labels?.areFew === true && name !== request.label && buckets.kind !== "none";
    return { ...found, labelTold: isTold ? labelTold(column.joint(buckets, labels)) : null };
  });
}
