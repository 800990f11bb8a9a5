import type { KeyCheck } from "../check.ts";
import type { SqlDialect } from "./dialect.ts";
import { completeKeys, equalKeys, type KeyRelations, valuesOf } from "./key-relations.ts";
import { namedColumns, type Relation } from "./relation.ts";
import { rowHash } from "./row-hash.ts";
import { ROW_NUMBER } from "./tested-rows.ts";

export type RepeatCheck = Exclude<KeyCheck, { kind: "exists-in" }>;

/** One number: how many rows have a key that an earlier row has. Undefined when a column is not there. */
export function repeatCount(check: RepeatCheck, { table, part }: KeyRelations, dialect: SqlDialect) {
  const keyed = keyedRows(check, table, dialect);
  if (keyed === undefined) return undefined;
  const { from, keys } = keyed;
  const groups = `SELECT count(*) AS n FROM ${from} WHERE ${completeKeys(keys, part, dialect)} GROUP BY ${keys.join(", ")}`;
  return `SELECT sum(n - 1) FROM (${groups}) AS groups`;
}

/** One number: the first row whose key an earlier row has. Undefined when a column is not there. */
export function firstRepeat(check: RepeatCheck, { table, part }: KeyRelations, dialect: SqlDialect) {
  const keyed = keyedRows(check, table, dialect);
  if (keyed === undefined) return undefined;
  const list = keyed.keys.join(", ");
  const rows = `FROM ${keyed.from} WHERE ${completeKeys(keyed.keys, part, dialect)}`;
  const repeated = `(SELECT ${list}, min(${ROW_NUMBER}) AS first_row ${rows} GROUP BY ${list} HAVING count(*) > 1)`;
  const join = `(SELECT ${list}, ${ROW_NUMBER} ${rows}) AS a JOIN ${repeated} AS b ON ${equalKeys(keyed.keys)}`;
  return `SELECT min(a.${ROW_NUMBER}) FROM ${join} AND a.${ROW_NUMBER} > b.first_row`;
}

interface KeyedRows {
  readonly from: string;
  readonly keys: readonly string[];
}

function keyedRows(check: RepeatCheck, relation: Relation, dialect: SqlDialect): KeyedRows | undefined {
  const names = check.kind === "unique" ? check.columns : relation.columns.map(({ name }) => name);
  const columns = namedColumns(relation, names, dialect);
  if (names.some((name) => !columns.has(name))) return undefined;
  const read = `${valuesOf(relation, columns.values())} AS read_values`;
  if (check.kind === "unique") return { from: read, keys: [...columns.values()].map(({ expression }) => expression) };
  const hash = rowHash([...columns.values()], dialect);
  return { from: `(SELECT ${ROW_NUMBER}, ${hash} AS v0 FROM ${read}) AS hashed`, keys: ["v0"] };
}
