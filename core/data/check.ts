/** A column's type as the contract states it; every value is read as text and tried. */
export type ColumnType = "string" | "integer" | "number" | "date" | "boolean";

/**
 * One thing to count over all rows of a table. A check counts the rows that break it; a missing value breaks only
 * `present`. "Between" includes both ends.
 */
export type Check =
  | { readonly kind: "type"; readonly column: string; readonly type: ColumnType }
  | { readonly kind: "present"; readonly column: string }
  | { readonly kind: "unique"; readonly columns: readonly string[] }
  | { readonly kind: "between"; readonly column: string; readonly min?: number; readonly max?: number }
  /** ISO 8601 dates or times; a date alone is its first moment in UTC. */
  | { readonly kind: "date-between"; readonly column: string; readonly min?: string; readonly max?: string }
  | { readonly kind: "length"; readonly column: string; readonly min?: number; readonly max?: number }
  | { readonly kind: "one-of"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "pattern"; readonly column: string; readonly pattern: string };

export interface CheckResult {
  /** Rows that break the check. */
  readonly broken: number;
  /** Rows the check looked at: those with a value, or all for `present` and `unique`. */
  readonly checked: number;
  /** The first line that breaks it; the header is line 1. */
  readonly firstLine: number | undefined;
}
