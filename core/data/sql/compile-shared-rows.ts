import { comparableTexts } from "./comparable.ts";
import type { CompiledChecks } from "./compile-checks.ts";
import type { SqlDialect } from "./dialect.ts";
import { completeKeys, type KeyPart, valuesOf } from "./key-relations.ts";
import { namedColumns, type Relation } from "./relation.ts";
import { hashOf } from "./row-hash.ts";
import { ROW_NUMBER } from "./tested-rows.ts";

export interface SharedCounts {
  readonly shared: number;
  /** The first row of the right table that the left one has too. */
  readonly firstRow: number | undefined;
}

export interface SharedRelations {
  readonly left: Relation;
  readonly right: Relation;
  /** Some of the rows only; all of them when undefined. */
  readonly part?: KeyPart | undefined;
}

/** Counts the rows of `right` that `left` has too, in columns that both have; missing values are equal. */
export function compileSharedRows(
  columns: readonly string[],
  { left, right, part }: SharedRelations,
  dialect: SqlDialect,
): CompiledChecks<SharedCounts> {
  const [ours, theirs] = [namedColumns(left, columns, dialect), namedColumns(right, columns, dialect)];
  const pairs = columns.flatMap((name) => {
    const [one, two] = [ours.get(name), theirs.get(name)];
    return one === undefined || two === undefined ? [] : [comparableTexts(one, two, dialect)];
  });
  const hash = (side: 0 | 1) =>
    hashOf(
      pairs.map((pair) => pair[side]),
      dialect,
    );
  const known = `SELECT ${hash(0)} AS h FROM ${valuesOf(left, ours.values())} AS read_values`;
  const rows = `SELECT ${hash(1)} AS h, ${ROW_NUMBER} FROM ${valuesOf(right, theirs.values())} AS read_values`;
  const within = completeKeys(["h"], part, dialect);
  return {
    sql: `SELECT count(*), min(${ROW_NUMBER}) FROM (${rows}) AS a WHERE ${within} AND h IN (SELECT h FROM (${known}) AS b WHERE ${within})`,
    read: ([shared = 0, firstRow]) => ({ shared, firstRow }),
  };
}
