import type { NumericColumn } from "../column.ts";

export interface SortedColumn {
  readonly name: string;
  /** Finite values, ascending. */
  readonly values: Float64Array;
  /** Rows that are NaN. */
  readonly missing: number;
  /** Rows that are +∞ or −∞: no statistic here is defined with them. */
  readonly infinite: number;
}

/** The finite values in order, beside how many there were of the others. The column itself is left as it is. */
export function sortedColumn({ name, values }: NumericColumn): SortedColumn {
  const kept = new Float64Array(values.length);
  let rows = 0;
  let missing = 0;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    // Adding zero turns −0 into 0: a typed array sorts them apart, and no test here may.
    else if (Number.isFinite(value)) kept[rows++] = value + 0;
  }
  return { name, values: kept.slice(0, rows).sort(), missing, infinite: values.length - rows - missing };
}
