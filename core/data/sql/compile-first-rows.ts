import type { CompiledChecks, ScanCheck } from "./compile-checks.ts";
import type { SqlDialect } from "./dialect.ts";
import type { Relation } from "./relation.ts";
import { firstRepeat } from "./repeated-keys.ts";
import { isKeyCheck, ROW_NUMBER, testedRows } from "./tested-rows.ts";

/** Finds, for checks that are known to be broken, the first row that breaks each; rows count from 1. */
export function compileFirstRows(
  checks: readonly ScanCheck[],
  relation: Relation,
  dialect: SqlDialect,
): CompiledChecks<readonly (number | undefined)[]> {
  const ofRows = checks.filter((check) => !isKeyCheck(check));
  const rows = testedRows(ofRows, relation, { dialect, numbered: "numbered" });
  let place = 0;
  const first = checks.map((check) => {
    if (!isKeyCheck(check)) return `min(CASE WHEN ${rows.brokenWhere(check, place++)} THEN ${ROW_NUMBER} END)`;
    const sql = firstRepeat(check, { table: relation }, dialect);
    return sql === undefined ? "NULL" : `(${sql})`;
  });
  const from = ofRows.length === 0 ? "" : ` FROM ${rows.from}`;
  return { sql: `SELECT ${first.join(", ")}${from}`, read: (values) => values };
}
