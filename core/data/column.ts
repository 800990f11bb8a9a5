/** A column of numbers as read from a table. A missing value is NaN. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
}

/** Up to this many different values a column of words is told value by value. */
export const MOST_LEVELS = 100_000;

/** A column of words as counted in a table: rows per value, and rows without one. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  /** Every value, or none when there are more than `MOST_LEVELS` of them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
  /** What `counts` does not tell: nothing, or the whole column. */
  readonly untold: Untold;
}

export interface Untold {
  /** How many different values there are, exactly. */
  readonly values: number;
  readonly rows: number;
  /** The different values among the first 1,000 rows that have one, in any order. */
  readonly sample: readonly string[];
}

export const NOTHING_UNTOLD: Untold = { values: 0, rows: 0, sample: [] };

/** Rows that `Untold.sample` is of. */
export const ROWS_SAMPLED = 1_000;

export type Column = NumericColumn | CategoricalColumn;
