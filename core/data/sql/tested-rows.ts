import type { Check, KeyCheck } from "../check.ts";
import type { SqlDialect } from "./dialect.ts";
import { holds, type ValueCheck } from "./holds.ts";
import { type NamedColumn, namedColumns, type Relation } from "./relation.ts";
import { rowHash } from "./row-hash.ts";

/** The sub-select that compiled checks read: the values under short names, and `ok<n>` where value check n holds. */
export interface TestedRows {
  readonly from: string;
  /** By the file's name, in the order of their first check. */
  readonly columns: ReadonlyMap<string, NamedColumn>;
  /** Where a row breaks check n by itself; undefined for a check of keys, and FALSE when the column is not there. */
  brokenWhere(check: Check, at: number): string | undefined;
  /** What a `unique` check compares, NULL where a part is missing; undefined when a column is not there. */
  keyOf(names: readonly string[]): string | undefined;
  /** What a check of distinct rows compares. */
  rowHash(): string;
}

export const ROW_NUMBER = "row_no";

/** @param numbered also gives each row its number, which costs a scan its second thread where rows are not stored with one */
export function testedRows(
  checks: readonly Check[],
  relation: Relation,
  { dialect, numbered }: { readonly dialect: SqlDialect; readonly numbered: "numbered" | "unnumbered" },
): TestedRows {
  const wanted = checks.some(({ kind }) => kind === "distinct-rows") ? relation.columns.map(({ name }) => name) : [];
  const columns = namedColumns(relation, [...checks.flatMap(checkedColumns), ...wanted], dialect);
  const values = [...columns.values()].map(({ definition }) => definition);
  const number = numbered === "numbered" ? relation.rowNumber : "1";
  const tests = checks.flatMap((check, at) => {
    const column = isOfValues(check) ? columns.get(check.column) : undefined;
    return isOfValues(check) && column !== undefined ? [`${holds(check, column, dialect)} AS ok${at}`] : [];
  });
  const read = `SELECT ${[`${number} AS ${ROW_NUMBER}`, ...values].join(", ")} FROM ${relation.from}`;
  return {
    from: `(SELECT ${["*", ...tests].join(", ")} FROM (${read}) AS read_values) AS tested`,
    columns,
    brokenWhere: (check, at) => brokenWhere(check, at, columns),
    keyOf: (names) => keyOf(names, columns, dialect),
    rowHash: () => rowHash([...columns.values()], dialect),
  };
}

export function checkedColumns(check: Check): readonly string[] {
  if (check.kind === "distinct-rows") return [];
  return isKeyCheck(check) ? check.columns : [check.column];
}

/** Looks at rows with a value only. */
export function isOfValues(check: Check): check is ValueCheck {
  return !isKeyCheck(check) && check.kind !== "present";
}

export function isKeyCheck(check: Check): check is KeyCheck {
  return check.kind === "unique" || check.kind === "distinct-rows" || check.kind === "exists-in";
}

function brokenWhere(check: Check, at: number, columns: TestedRows["columns"]): string | undefined {
  if (isKeyCheck(check)) return undefined;
  const value = columns.get(check.column)?.expression;
  if (value === undefined) return "FALSE";
  return check.kind === "present" ? `${value} IS NULL` : `${value} IS NOT NULL AND ok${at} IS NOT TRUE`;
}

function keyOf(names: readonly string[], columns: TestedRows["columns"], dialect: SqlDialect): string | undefined {
  const parts = names.flatMap((name) => columns.get(name)?.expression ?? []);
  if (parts.length < names.length) return undefined;
  if (parts.length === 1) return parts[0];
  const complete = parts.map((part) => `${part} IS NOT NULL`).join(" AND ");
  return `CASE WHEN ${complete} THEN ${dialect.tuple(parts)} END`;
}
