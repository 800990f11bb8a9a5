import { moments } from "../../statistics/moments.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../column.ts";
import { type Bins, decileBins } from "./psi.ts";
import { type SortedColumn, sortedColumn } from "./sorted-column.ts";

/** What drift needs to know of a reference column: from its rows, or from a stored profile. */
export interface NumericReference {
  readonly kind: "numeric";
  readonly name: string;
  /** Finite values in ascending order: all of them, or evenly spaced ones of a profile. */
  readonly sample: Float64Array;
  /** Rows with a finite value, which `sample` stands for. */
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
  /** The most by which the sample's distribution function differs from that of all rows. */
  readonly errorBound: number;
  /** Population standard deviation. */
  readonly sd: number;
  readonly bins: Bins;
}

export interface CategoricalReference {
  readonly kind: "categorical";
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
  /** Rarer values a profile counts without naming them; a value not in `counts` may be one of them. */
  readonly unnamed: { readonly values: number; readonly rows: number };
}

export type Reference = NumericReference | CategoricalReference;

export function referenceOf(column: Column): Reference {
  return column.kind === "numeric" ? numericReference(column) : categoricalReference(column);
}

export function numericReference(column: NumericColumn): NumericReference {
  return ofSorted(sortedColumn(column));
}

export function ofSorted({ name, values, missing, infinite }: SortedColumn): NumericReference {
  return {
    kind: "numeric",
    name,
    sample: values,
    rows: values.length,
    missing,
    infinite,
    errorBound: 0,
    sd: moments(values)?.sd ?? 0,
    bins: decileBins(values),
  };
}

function categoricalReference({ name, counts, missing, untold }: CategoricalColumn): CategoricalReference {
  return { kind: "categorical", name, counts, missing, unnamed: { values: untold.values, rows: untold.rows } };
}
