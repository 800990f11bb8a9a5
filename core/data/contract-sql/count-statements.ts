import type { Check, CheckResult, KeyCheck } from "../check.ts";
import { compileChecks, type ScanCheck } from "../sql/compile-checks.ts";
import { compileKeyCounts } from "../sql/compile-key-checks.ts";
import type { SqlDialect } from "../sql/dialect.ts";
import type { Relation } from "../sql/relation.ts";
import { checkedColumns, isKeyCheck } from "../sql/tested-rows.ts";

export type CountRow = readonly (number | null)[];

/** One statement that gives one row of whole numbers. */
export interface CountStatement {
  readonly name: string;
  readonly sql: string;
  /** What each number of the row is. */
  readonly columns: readonly string[];
}

export interface CountedTable {
  readonly rows: number;
  /** One per check, in the same order; a table has no lines. */
  readonly results: readonly CheckResult[];
}

export interface CountStatements {
  readonly statements: readonly CountStatement[];
  /** @param rows one per statement */
  read(rows: readonly CountRow[]): CountedTable;
}

// An engine that compiles statements has a limit on their size; Spark goes slower beyond it.
const CHECKS_PER_SCAN = 100;

/** A part of the checks, and how its row is read. */
interface Batch {
  readonly statement: CountStatement;
  read(row: CountRow): { readonly rows: number | undefined; readonly results: readonly Counted[] };
}

interface Counted {
  readonly check: Check;
  readonly broken: number;
  /** Undefined where every row is looked at. */
  readonly checked: number | undefined;
}

/** Counts of all checks of one table: many in each scan, each check of keys by a grouping of its own. */
export function countStatements(checks: readonly Check[], relation: Relation, dialect: SqlDialect): CountStatements {
  const keys = checks.filter(isKeyCheck);
  const others = checks.filter((check): check is ScanCheck => !isKeyCheck(check));
  const batches: Batch[] = [];
  for (let at = 0; at === 0 || at < others.length; at += CHECKS_PER_SCAN)
    batches.push(scanBatch(others.slice(at, at + CHECKS_PER_SCAN), batches.length, { relation, dialect }));
  for (const check of keys) batches.push(...keyBatch(check, batches.length, { relation, dialect }));
  return {
    statements: batches.map(({ statement }) => statement),
    read: (rows) => {
      const read = batches.map((batch, at) => batch.read(rows[at] ?? []));
      const total = Math.min(...read.flatMap(({ rows: seen }) => seen ?? []));
      const counted = new Map(read.flatMap(({ results }) => results.map((result) => [result.check, result])));
      const results = checks.map((check) => {
        const { broken = total, checked = total } = counted.get(check) ?? {};
        return { broken, checked, firstLine: undefined };
      });
      return { rows: total, results };
    },
  };
}

interface Table {
  readonly relation: Relation;
  readonly dialect: SqlDialect;
}

function scanBatch(checks: readonly ScanCheck[], at: number, { relation, dialect }: Table): Batch {
  const { sql, read } = compileChecks(checks, relation, dialect);
  const present = new Set(relation.columns.map(({ name }) => name));
  const columns = [...new Set(checks.flatMap(checkedColumns))].filter((name) => present.has(name));
  return {
    statement: {
      name: `scan-${at + 1}`,
      sql,
      columns: ["rows", ...columns.map((name) => `values of ${name}`), ...checks.map(meaning)],
    },
    read: (row) => {
      const counts = read(row.map((value) => value ?? undefined));
      return { rows: counts.rows, results: counts.results.map((result, index) => withCheck(checks, index, result)) };
    },
  };
}

function withCheck(checks: readonly Check[], at: number, result: { broken: number; checked: number }): Counted {
  const check = checks[at];
  if (check === undefined) throw new Error("A statement gave more results than it has checks.");
  return { check, ...result };
}

/** Nothing for a column that is not there: every row breaks such a check. */
function keyBatch(check: KeyCheck, at: number, { relation, dialect }: Table): Batch[] {
  const compiled = compileKeyCounts(check, { table: relation }, dialect);
  if (compiled === undefined) return [];
  const { sql, read } = compiled;
  const isForeign = check.kind === "exists-in";
  return [
    {
      statement: { name: `keys-${at + 1}`, sql, columns: [...(isForeign ? ["complete keys"] : []), meaning(check)] },
      read: (row) => {
        const { broken, checked } = read(row.map((value) => value ?? undefined));
        return { rows: undefined, results: [{ check, broken, checked }] };
      },
    },
  ];
}

/** Such as: rows that break between {"min":0} of speed */
function meaning(check: Check): string {
  const { kind, ...rest } = check;
  const { column: _, columns: __, ...limits } = { column: undefined, columns: undefined, ...rest };
  const asked = Object.keys(limits).length === 0 ? kind : `${kind} ${JSON.stringify(limits)}`;
  const columns = checkedColumns(check);
  return `rows that break ${asked}${columns.length === 0 ? "" : ` of ${columns.join(", ")}`}`;
}
