import type { Check } from "../check.ts";
import type { CompiledChecks } from "./compile-checks.ts";
import type { SqlDialect } from "./dialect.ts";
import type { Relation } from "./relation.ts";
import { ROW_NUMBER, type TestedRows, testedRows } from "./tested-rows.ts";

/** Finds, for checks that are known to be broken, the first row that breaks each; rows count from 1. */
export function compileFirstRows(
  checks: readonly Check[],
  relation: Relation,
  dialect: SqlDialect,
): CompiledChecks<readonly (number | undefined)[]> {
  const rows = testedRows(checks, relation, { dialect, numbered: "numbered" });
  const first = checks.map((check, at) =>
    check.kind === "unique"
      ? firstRepeat(check.columns, relation, dialect)
      : `min(CASE WHEN ${rows.brokenWhere(check, at)} THEN ${ROW_NUMBER} END)`,
  );
  return { sql: `SELECT ${first.join(", ")} FROM ${rows.from}`, read: (values) => values };
}

/** The first row whose key an earlier row has. */
function firstRepeat(names: readonly string[], relation: Relation, dialect: SqlDialect): string {
  const rows: TestedRows = testedRows([{ kind: "unique", columns: names }], relation, {
    dialect,
    numbered: "numbered",
  });
  const key = rows.keyOf(names);
  if (key === undefined) return "NULL";
  const keyed = `(SELECT ${key} AS k, ${ROW_NUMBER} FROM ${rows.from})`;
  const repeated = `(SELECT k, min(${ROW_NUMBER}) AS first_row FROM ${keyed} AS keyed WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1)`;
  return `(SELECT min(a.${ROW_NUMBER}) FROM ${keyed} AS a JOIN ${repeated} AS b ON a.k = b.k AND a.${ROW_NUMBER} > b.first_row)`;
}
