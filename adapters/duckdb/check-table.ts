import type { Check, CheckResult, KeyCheck } from "#core/data/check";
import type { DataMeasurement } from "#core/data/data-measurement";
import type { ScanCheck } from "#core/data/sql/compile-checks";
import { compileFirstRows } from "#core/data/sql/compile-first-rows";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { checkedColumns, isKeyCheck } from "#core/data/sql/tested-rows";
import { countKeys, firstKeyRow, type KeyCounting } from "./count-keys.ts";
import { CHECKS_PER_SCAN, type Counted, countRows } from "./count-rows.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";
import { type TypedColumns, typeChecks, typedColumns, withTypes } from "./typed-table.ts";

export interface CheckedTable {
  readonly measurement: DataMeasurement;
  readonly types: TypedColumns;
}

/**
 * One scan counts what rows break by themselves and types columns; each check of keys is a grouping of its own, which
 * spills; and a last scan, of the broken checks alone, finds where each breaks first.
 * @param names columns to type
 */
export async function checkTable(
  table: Table,
  { checks, names }: { readonly checks: readonly Check[]; readonly names: readonly string[] },
  counting: KeyCounting,
): Promise<CheckedTable> {
  const { session } = counting;
  const isOwn = (check: Check): check is KeyCheck => isKeyCheck(check) && !isScanned(check, table);
  const scanned = checks.filter((check): check is ScanCheck => !isOwn(check));
  const asked = await typeChecks(
    table,
    [...names, ...checks.flatMap((check) => comparedColumns(check, table))],
    session,
  );
  const counts = await countRows(table, [...scanned, ...asked.checks], session);
  const types = typedColumns(asked, counts.slice(scanned.length));
  const known = withTypes(table, types);
  const ofRows = counts.slice(0, scanned.length).values();
  const counted: CountedCheck[] = [];
  for (const check of checks) {
    const found = isOwn(check) ? await countKeys(known, check, counting) : ofRows.next().value;
    if (found !== undefined) counted.push({ check, counted: found });
  }
  return { types, measurement: await located(known, counted, counting) };
}

/** A statement of its own spills better; but text is read again for it, which costs more than everything else. */
function isScanned(check: KeyCheck, table: Table): boolean {
  return check.kind === "unique" && table.rereading === "costly";
}

/** Columns that are compared by value when they are numeric. */
function comparedColumns(check: Check, table: Table): readonly string[] {
  if (check.kind === "distinct-rows") return table.columns;
  return check.kind === "exists-in" ? check.columns : [];
}

interface CountedCheck {
  readonly check: Check;
  readonly counted: Counted;
}

async function located(table: Table, checks: readonly CountedCheck[], counting: KeyCounting): Promise<DataMeasurement> {
  const { digest, bytes, rows } = await table.stored();
  const firstLines = await firstLinesOf(table, checks, counting);
  const results = checks.map(({ counted }, at): CheckResult => ({ ...counted, firstLine: firstLines.get(at) }));
  return { digest, bytes, rows, columns: table.columns, results };
}

interface BrokenCheck {
  readonly at: number;
  readonly check: Check;
}

/** By the place of the check. A check of a column that is not there is broken first by the first row. */
async function firstLinesOf(table: Table, checks: readonly CountedCheck[], counting: KeyCounting) {
  const columns = new Set(table.columns);
  const broken = checks.flatMap(({ check, counted }, at) => (counted.broken > 0 ? [{ at, check }] : []));
  const found = broken.filter(({ check }) => checkedColumns(check).every((name) => columns.has(name)));
  const rowOf = new Map<number, number | undefined>(broken.map(({ at }) => [at, 1]));
  const ofRows = found.filter(({ check }) => !isKeyCheck(check));
  for (let at = 0; at < ofRows.length; at += CHECKS_PER_SCAN)
    for (const [place, row] of await firstRows(table, ofRows.slice(at, at + CHECKS_PER_SCAN), counting.session))
      rowOf.set(place, row);
  for (const { at, check } of found) if (isKeyCheck(check)) rowOf.set(at, await firstKeyRow(table, check, counting));
  const wanted = [...rowOf.values()].filter((row) => row !== undefined);
  const lines = wanted.length === 0 ? new Map<number, number>() : await table.linesOf(wanted);
  return new Map([...rowOf].map(([at, row]) => [at, lines.get(row ?? 0)]));
}

async function firstRows(table: Table, checks: readonly BrokenCheck[], session: Session) {
  const scanned = checks.map(({ check }) => check as ScanCheck);
  const rows = await table.ask(async (relation) => {
    const { sql, read } = compileFirstRows(scanned, relation, duckDbDialect);
    return read(await session.numbers(sql));
  });
  return checks.map(({ at }, index) => [at, rows[index]] as const);
}
