import { quantile } from "../../statistics/quantile.ts";
import type { CategoricalColumn } from "../column.ts";

/** How a column is cut into buckets, to count the label's classes in each. Missing values are a bucket of their own. */
export type LabelBuckets =
  /** (a, b] between ascending edges with open ends: one bucket more than edges. */
  | { readonly kind: "edges"; readonly edges: readonly number[] }
  | { readonly kind: "values" }
  /** Nothing can be told: one value alone, or one for nearly every row. */
  | { readonly kind: "none" };

// Buckets of a few rows each would seem to tell the label whatever it is.
const ROWS_PER_BUCKET = 20;
const MOST_EDGES = 50;
const MOST_QUANTILES = 20;
export const MOST_BUCKETS_OF_WORDS = 1_000;

/** A bucket for each value when they are few and have many rows, else up to twenty of equally many rows. */
export function numericBuckets(sorted: Float64Array): LabelBuckets {
  const values = fewValues(sorted);
  const isCoarse = values !== undefined && values.length * ROWS_PER_BUCKET <= sorted.length;
  const edges = isCoarse ? values.slice(0, -1) : quantileEdges(sorted);
  return edges.length === 0 ? { kind: "none" } : { kind: "edges", edges };
}

/** The different values, when they are few. */
function fewValues(sorted: Float64Array): readonly number[] | undefined {
  const values: number[] = [];
  for (const value of sorted) {
    if (value === values.at(-1)) continue;
    if (values.length > MOST_EDGES) return undefined;
    values.push(value);
  }
  return values;
}

function quantileEdges(sorted: Float64Array): readonly number[] {
  const buckets = Math.min(MOST_QUANTILES, Math.floor(sorted.length / ROWS_PER_BUCKET));
  const steps = Array.from({ length: Math.max(0, buckets - 1) }, (_, at) => (at + 1) / buckets);
  const last = sorted.at(-1) ?? 0;
  return [...new Set(steps.map((share) => quantile(sorted, share)))].filter((edge) => edge < last);
}

export function categoricalBuckets({ counts, untold }: CategoricalColumn): LabelBuckets {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const isTold = untold.values === 0 && counts.size > 1 && counts.size <= MOST_BUCKETS_OF_WORDS;
  return isTold && rows / counts.size >= ROWS_PER_BUCKET ? { kind: "values" } : { kind: "none" };
}
