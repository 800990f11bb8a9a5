import type { KeyCheck } from "../check.ts";
import type { CompiledChecks } from "./compile-checks.ts";
import type { SqlDialect } from "./dialect.ts";
import { foundKeys } from "./foreign-keys.ts";
import type { KeyRelations } from "./key-relations.ts";
import { firstRepeat, repeatCount } from "./repeated-keys.ts";
import { ROW_NUMBER } from "./tested-rows.ts";

export interface KeyCounts {
  readonly broken: number;
  /** Complete keys; undefined where the check looks at every row. */
  readonly checked: number | undefined;
}

/**
 * Counts one check of keys by a statement of its own, a grouping or a join, which engines can spill. Undefined when a
 * column is not there.
 */
export function compileKeyCounts(
  check: KeyCheck,
  relations: KeyRelations,
  dialect: SqlDialect,
): CompiledChecks<KeyCounts> | undefined {
  if (check.kind !== "exists-in") {
    const sql = repeatCount(check, relations, dialect);
    return sql === undefined ? undefined : { sql, read: ([broken = 0]) => ({ broken, checked: undefined }) };
  }
  const from = foundKeys(check, relations, dialect);
  if (from === undefined) return undefined;
  const sql = `SELECT count(*), count(*) - count(found) FROM ${from}`;
  return { sql, read: ([checked = 0, broken = 0]) => ({ checked, broken }) };
}

/** Finds the first row that breaks a check of keys: one whose key an earlier row has, or the other file has not. */
export function compileFirstKey(
  check: KeyCheck,
  relations: KeyRelations,
  dialect: SqlDialect,
): CompiledChecks<number | undefined> | undefined {
  const sql =
    check.kind === "exists-in"
      ? firstMissing(foundKeys(check, relations, dialect))
      : firstRepeat(check, relations, dialect);
  return sql === undefined ? undefined : { sql, read: ([row]) => row };
}

function firstMissing(from: string | undefined): string | undefined {
  return from === undefined ? undefined : `SELECT min(CASE WHEN found IS NULL THEN ${ROW_NUMBER} END) FROM ${from}`;
}
