/** A column of numbers as read from a table. A missing value is NaN. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
}

/** A column of words as counted in a table: rows per value, and rows without one. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
}

export type Column = NumericColumn | CategoricalColumn;
