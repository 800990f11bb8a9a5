import type { Check, CheckResult } from "#core/data/check";
import { type Counts, compileChecks } from "#core/data/sql/compile-checks";
import { compileFirstRows } from "#core/data/sql/compile-first-rows";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { checkedColumns } from "#core/data/sql/tested-rows";
import type { DataMeasurement } from "#core/ports/data-engine";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

/** One scan counts; a second one, of the broken checks alone, finds where each breaks first. */
export async function measureTable(table: Table, checks: readonly Check[], session: Session): Promise<DataMeasurement> {
  const counts = await countAll(table, checks, session);
  const { digest, bytes, rows } = await table.stored();
  if (counts.rows !== rows) throw new Error(`DuckDB read ${counts.rows} rows of ${table.path}, which has ${rows}.`);
  const firstLines = await firstLinesOf(table, broken(checks, counts.results), session);
  const results = counts.results.map((result, at): CheckResult => ({ ...result, firstLine: firstLines.get(at) }));
  return { digest, bytes, rows, columns: table.columns, results };
}

/** Binding a statement takes DuckDB time that grows with the square of its columns: 0.4 s for 500 checks, 14 s for 2,000. */
const CHECKS_PER_SCAN = 300;

async function countAll(table: Table, checks: readonly Check[], session: Session): Promise<Counts> {
  const scan = (some: readonly Check[]) =>
    table.ask(async (relation) => {
      const { sql, read } = compileChecks(some, relation, duckDbDialect);
      return read(await session.numbers(sql));
    });
  let { rows, results } = await scan(checks.slice(0, CHECKS_PER_SCAN));
  for (let at = CHECKS_PER_SCAN; at < checks.length; at += CHECKS_PER_SCAN) {
    const more = await scan(checks.slice(at, at + CHECKS_PER_SCAN));
    rows = Math.min(rows, more.rows);
    results = [...results, ...more.results];
  }
  return { rows, results };
}

interface BrokenCheck {
  readonly at: number;
  readonly check: Check;
}

function broken(checks: readonly Check[], results: Counts["results"]): readonly BrokenCheck[] {
  return checks.flatMap((check, at) => ((results[at]?.broken ?? 0) > 0 ? [{ at, check }] : []));
}

/** By the place of the check. */
async function firstLinesOf(table: Table, checks: readonly BrokenCheck[], session: Session) {
  const isThere = ({ check }: BrokenCheck) => checkedColumns(check).every((name) => table.columns.includes(name));
  const found = checks.filter(isThere);
  const rows: (number | undefined)[] = [];
  for (let at = 0; at < found.length; at += CHECKS_PER_SCAN)
    rows.push(...(await firstRows(table, found.slice(at, at + CHECKS_PER_SCAN), session)));
  const rowOf = new Map(found.map(({ at }, index) => [at, rows[index]]));
  const numbered = checks.map(({ at }) => ({ at, row: rowOf.has(at) ? rowOf.get(at) : 1 }));
  const wanted = numbered.flatMap(({ row }) => row ?? []);
  const lines = wanted.length === 0 ? new Map<number, number>() : await table.linesOf(wanted);
  return new Map(numbered.map(({ at, row }) => [at, lines.get(row ?? 0)]));
}

function firstRows(table: Table, checks: readonly BrokenCheck[], session: Session) {
  return table.ask(async (relation) => {
    const compiled = compileFirstRows(
      checks.map(({ check }) => check),
      relation,
      duckDbDialect,
    );
    return compiled.read(await session.numbers(compiled.sql));
  });
}
