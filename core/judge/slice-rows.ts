/** A part of the holdout: the rows where one column has one value. */
export interface Slice {
  readonly column: string;
  readonly value: string;
  readonly rows: readonly number[];
}

// A column with more values than this is an id or free text, not a slice; the rest would be noise in a report.
// Twenty columns of this many fill the evidence's 500 slices.
const MOST_VALUES = 25;

/** Every slice of every column, the largest first. A missing value is a slice of its own. */
export function sliceRows(columns: ReadonlyMap<string, readonly string[]>): readonly Slice[] {
  return [...columns].flatMap(([column, values]) => {
    const rows = new Map<string, number[]>();
    for (const [row, value] of values.entries()) {
      const known = rows.get(value);
      if (known === undefined) rows.set(value, [row]);
      else known.push(row);
    }
    return [...rows]
      .map(([value, at]) => ({ column, value: (value === "" ? "(missing)" : value).slice(0, 500), rows: at }))
      .sort((a, b) => b.rows.length - a.rows.length)
      .slice(0, MOST_VALUES);
  });
}
