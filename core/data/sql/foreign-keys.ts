import type { KeyCheck } from "../check.ts";
import { comparableTexts } from "./comparable.ts";
import type { SqlDialect } from "./dialect.ts";
import { completeKeys, equalKeys, type KeyRelations, valuesOf } from "./key-relations.ts";
import { namedColumns } from "./relation.ts";
import { ROW_NUMBER } from "./tested-rows.ts";

export type ForeignCheck = Extract<KeyCheck, { kind: "exists-in" }>;

/**
 * What stands after FROM for the complete keys of a table, each row with its number and with `found`, which is NULL
 * where the other file does not have the key. Undefined when a column is not there.
 */
export function foundKeys(check: ForeignCheck, relations: KeyRelations, dialect: SqlDialect): string | undefined {
  const { table, other, part } = relations;
  if (other === undefined) return undefined;
  const ours = namedColumns(table, check.columns, dialect);
  const theirs = namedColumns(other, check.other.columns, dialect);
  const pairs = check.columns.flatMap((name, at) => {
    const [one, two] = [ours.get(name), theirs.get(check.other.columns[at] ?? "")];
    return one === undefined || two === undefined ? [] : [comparableTexts(one, two, dialect)];
  });
  if (pairs.length === 0 || pairs.length < check.columns.length) return undefined;
  const keys = pairs.map((_, at) => `k${at}`);
  const list = keys.join(", ");
  const named = (side: 0 | 1) => pairs.map((pair, at) => `${pair[side]} AS k${at}`).join(", ");
  const complete = completeKeys(keys, part, dialect);
  const left = `(SELECT ${ROW_NUMBER}, ${named(0)} FROM ${valuesOf(table, ours.values())} AS read_values) AS keyed`;
  const right = `(SELECT ${named(1)} FROM ${valuesOf(other, theirs.values())} AS read_values) AS other_keys`;
  const known = `(SELECT ${list}, 1 AS found FROM ${right} WHERE ${complete} GROUP BY ${list})`;
  return `(SELECT * FROM ${left} WHERE ${complete}) AS a LEFT JOIN ${known} AS b ON ${equalKeys(keys)}`;
}
