import { type ColumnMeasurement, measureSorted } from "#core/data/drift/measure-column";
import { ofSorted, type Reference, referenceOf } from "#core/data/drift/reference";
import { profiledReference } from "#core/data/profile/compare-with-profile";
import type { SurveyRequest } from "#core/data/survey";
import { checkTable } from "./check-table.ts";
import { keptTable } from "./kept-table.ts";
import { columnReader } from "./read-column.ts";
import type { Surveying } from "./surveying.ts";

/** What current columns are compared with, some of them at a time. */
export interface OpenReference {
  /** Of the columns asked for. */
  readonly names: readonly string[];
  /** Of those the reference has. Numbers lie in arrays that the next reading uses again. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, Reference>>;
}

export async function openReference(
  { reference, columns }: SurveyRequest,
  surveying: Surveying,
): Promise<OpenReference | undefined> {
  if (reference === undefined || columns?.length === 0) return undefined;
  const wanted = (names: readonly string[]) => names.filter((name) => columns?.includes(name) ?? true);
  if (reference.kind === "rows") return openRows(reference.path, wanted, surveying);
  const profiles = new Map(reference.profile.columns.map((column) => [column.name, column]));
  return {
    names: wanted([...profiles.keys()]),
    read: async (names) => {
      const found = names.flatMap((name) => profiles.get(name) ?? []);
      return new Map(found.map((column) => [column.name, profiledReference(column)]));
    },
  };
}

async function openRows(
  path: string,
  wanted: (names: readonly string[]) => readonly string[],
  surveying: Surveying,
): Promise<OpenReference> {
  const table = await keptTable(await surveying.open(path), surveying);
  const names = wanted(table.columns);
  const { types, measurement } = await checkTable(table, { checks: [], names }, surveying);
  const { session } = surveying;
  const reader = columnReader(table, { types, rows: measurement.rows, session });
  return {
    names,
    read: async (asked) => {
      const columns = await reader.read(asked.filter((name) => names.includes(name)));
      return new Map(
        [...columns].map(([name, column]) => [name, column.kind === "sorted" ? ofSorted(column) : referenceOf(column)]),
      );
    },
  };
}

/** Columns of the reference that are not present. One at a time: its rows may be many. */
export async function absentColumns(
  reference: OpenReference | undefined,
  present: readonly string[],
): Promise<readonly ColumnMeasurement[]> {
  const known = new Set(present);
  const measured: ColumnMeasurement[] = [];
  for (const name of reference?.names ?? []) {
    if (known.has(name)) continue;
    const references = (await reference?.read([name])) ?? new Map<string, never>();
    for (const absent of references.values()) measured.push(measureSorted(absent, undefined));
  }
  return measured;
}
