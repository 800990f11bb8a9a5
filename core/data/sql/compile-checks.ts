import type { Check, CheckResult } from "../check.ts";
import type { SqlDialect } from "./dialect.ts";
import type { Relation } from "./relation.ts";
import { checkedColumns, isOfValues, type TestedRows, testedRows } from "./tested-rows.ts";

/** A statement that gives one row of whole numbers, NULL where there is none, and how that row is read. */
export interface CompiledChecks<Result> {
  readonly sql: string;
  read(values: readonly (number | undefined)[]): Result;
}

export interface Counts {
  readonly rows: number;
  readonly results: readonly Omit<CheckResult, "firstLine">[];
}

/** Every check but those that read another file; `compileKeyCounts` is for them. */
export type ScanCheck = Exclude<Check, { kind: "exists-in" }>;

/** Counts every check in one scan. A check of a column that is not there is broken by every row. */
export function compileChecks(
  checks: readonly ScanCheck[],
  relation: Relation,
  dialect: SqlDialect,
): CompiledChecks<Counts> {
  const rows = testedRows(checks, relation, { dialect, numbered: "unnumbered" });
  const present = [...rows.columns.values()].map(({ expression }) => `count(${expression})`);
  const broken = checks.map((check, at) => (hasColumns(check, rows) ? brokenCount(check, at, rows) : "count(*)"));
  const places = new Map([...rows.columns.keys()].map((name, at) => [name, 1 + at]));
  return {
    sql: `SELECT ${["count(*)", ...present, ...broken].join(", ")} FROM ${rows.from}`,
    read: (values) => {
      const total = values[0] ?? 0;
      const place = (check: ScanCheck) => (isOfValues(check) ? (places.get(check.column) ?? 0) : 0);
      const results = checks.map((check, at) => ({
        broken: values[1 + places.size + at] ?? 0,
        checked: values[place(check)] ?? total,
      }));
      return { rows: total, results };
    },
  };
}

function hasColumns(check: ScanCheck, { columns }: TestedRows): boolean {
  return checkedColumns(check).every((name) => columns.has(name));
}

/** The first of equal keys breaks nothing; missing ones are not compared. */
function brokenCount(check: ScanCheck, at: number, rows: TestedRows): string {
  if (check.kind === "distinct-rows") return `count(*) - count(DISTINCT ${rows.rowHash()})`;
  if (check.kind !== "unique") return `count(*) FILTER (WHERE ${rows.brokenWhere(check, at)})`;
  const key = rows.keyOf(check.columns);
  return `count(${key}) - count(DISTINCT ${key})`;
}
