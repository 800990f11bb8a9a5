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
  /** No row is the same as an earlier one in every column; missing values are equal here. */
  | { readonly kind: "distinct-rows" }
  /** Each complete key is among those of another file; as everywhere, a key with a missing part is not looked at. */
  | { readonly kind: "exists-in"; readonly columns: readonly string[]; readonly other: ForeignKeys }
  | { readonly kind: "between"; readonly column: string; readonly min?: number; readonly max?: number }
  /** ISO 8601 dates or times; a date alone is its first moment in UTC. */
  | { readonly kind: "date-between"; readonly column: string; readonly min?: string; readonly max?: string }
  | { readonly kind: "length"; readonly column: string; readonly min?: number; readonly max?: number }
  | { readonly kind: "one-of"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "pattern"; readonly column: string; readonly pattern: string };

/** A check that looks at more than one row. */
export type KeyCheck = Extract<Check, { kind: "unique" | "distinct-rows" | "exists-in" }>;

export interface ForeignKeys {
  /** A path the engine can open. */
  readonly path: string;
  /** As many as the check's own, in the same order. */
  readonly columns: readonly string[];
}

export interface CheckResult {
  /** Rows that break the check. */
  readonly broken: number;
  /** Rows the check looked at: those with a value, or all for `present`, `unique` and `distinct-rows`. */
  readonly checked: number;
  /** The first line that breaks it; the header is line 1. */
  readonly firstLine: number | undefined;
}
