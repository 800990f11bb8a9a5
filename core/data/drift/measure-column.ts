import { type CategoricalColumn, type Column, MOST_LEVELS } from "../column.ts";
import { type Contingency, chiSquareTest, cramersV, equalSizesV } from "./contingency.ts";
import type { ColumnDrift, ColumnProblem } from "./drift-result.ts";
import { jensenShannonDistance } from "./jensen-shannon.ts";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.ts";
import { missingChange } from "./missing.ts";
import { poolRare } from "./pool-rare.ts";
import { binCounts, populationStability } from "./psi.ts";
import type { CategoricalReference, NumericReference, Reference } from "./reference.ts";
import { type SortedColumn, sortedColumn } from "./sorted-column.ts";
import { unseenCategories } from "./unseen.ts";
import { wasserstein } from "./wasserstein.ts";

/** A column's numbers before its p-values are adjusted along with those of the others. */
export type ColumnMeasurement = Omit<
  ColumnDrift,
  "missing" | "p_adjusted" | "rows_needed" | "verdict" | "sentence" | "unseen_categories" | "unseen_rows"
> & {
  readonly missing: Omit<ColumnDrift["missing"], "p_adjusted">;
  readonly unseen_categories: number | null;
  readonly unseen_rows: number | null;
};

/** A column of numbers in order. */
export type SortedNumbers = SortedColumn & { readonly kind: "sorted" };

/** Never throws: what a column does not allow is null, and `problem` says why. */
export function measureColumn(reference: Reference, current: Column | undefined): ColumnMeasurement {
  return measureSorted(reference, current?.kind === "numeric" ? { kind: "sorted", ...sortedColumn(current) } : current);
}

/** The same for a column of numbers that is in order already. */
export function measureSorted(
  reference: Reference,
  current: SortedNumbers | CategoricalColumn | undefined,
): ColumnMeasurement {
  if (current === undefined) return unmeasured(reference, "absent from the current data");
  if (reference.kind === "numeric" && current.kind === "sorted") return measureNumeric(reference, current);
  if (reference.kind === "categorical" && current.kind === "categorical") return measureCategorical(reference, current);
  return unmeasured(reference, "of another kind in the current data");
}

function measureNumeric(reference: NumericReference, current: SortedColumn): ColumnMeasurement {
  const base = {
    name: reference.name,
    kind: "numeric" as const,
    ...EMPTY,
    n_reference: reference.rows,
    n_current: current.values.length,
    missing: missingChange(
      { missing: reference.missing, rows: reference.rows + reference.infinite + reference.missing },
      { missing: current.missing, rows: current.values.length + current.missing + current.infinite },
    ),
  };
  if (reference.infinite + current.infinite > 0) return { ...base, problem: "infinite values" };
  const lacking = lackOfValues(base, reference.sample.length > 0);
  if (lacking !== null) return { ...base, problem: lacking };
  const sample = { values: reference.sample, rows: reference.rows };
  const ks = kolmogorovSmirnov(sample, { values: current.values, rows: current.values.length });
  const distance = wasserstein(reference.sample, current.values);
  return {
    ...base,
    ks: { ...ks, error_bound: reference.errorBound },
    effect: ks.statistic,
    psi: nonNegative(populationStability(reference.bins.counts, binCounts(current.values, reference.bins.edges))),
    wasserstein: finite(distance),
    wasserstein_normed: reference.sd > 0 ? finite(distance / reference.sd) : null,
    problem: ks.statistic === 0 && current.values[0] === current.values.at(-1) ? "one value only" : null,
  };
}

function measureCategorical(reference: CategoricalReference, current: CategoricalColumn): ColumnMeasurement {
  const table = contingency(reference, current);
  const n = total([...reference.counts.values()]) + reference.unnamed.rows;
  const m = total([...current.counts.values()]) + current.untold.rows;
  const base = {
    name: reference.name,
    kind: "categorical" as const,
    ...EMPTY,
    n_reference: n,
    n_current: m,
    missing: missingChange(
      { missing: reference.missing, rows: n + reference.missing },
      { missing: current.missing, rows: m + current.missing },
    ),
  };
  if (current.untold.values > 0 || reference.unnamed.values > MOST_LEVELS)
    return { ...base, problem: "too many values" };
  const lacking = lackOfValues(base, reference.counts.size > 0);
  if (lacking !== null) return { ...base, problem: lacking };
  const pooled = poolRare(table);
  return {
    ...base,
    ...unseenCategories(reference, current),
    chi2: { ...chiSquareTest(table), pooled: pooled === undefined ? null : plainTest(pooled) },
    psi: nonNegative(populationStability(table.reference, table.current)),
    js_distance: jensenShannonDistance(table.reference, table.current),
    cramers_v: cramersV(table) ?? null,
    effect: equalSizesV(pooled ?? table) ?? null,
    problem: table.reference.length === 1 ? "one value only" : null,
  };
}

/** Categories of either side; those a profile does not name, and what may be one of them, are one category. */
function contingency({ counts, unnamed }: CategoricalReference, current: CategoricalColumn): Contingency {
  const known = [...counts.keys()];
  // In order of name, so that sums come out the same to the last digit whatever order the rows had.
  const names = (unnamed.values > 0 ? known : [...new Set([...known, ...current.counts.keys()])]).sort();
  const pairs = names.map((name) => [counts.get(name) ?? 0, current.counts.get(name) ?? 0] as const);
  const named = pairs.reduce((sum, [, now]) => sum + now, 0);
  const rest = total([...current.counts.values()]) - named;
  const all = unnamed.values > 0 ? [...pairs, [unnamed.rows, rest] as const] : pairs;
  const held = all.filter(([before, now]) => before + now > 0);
  return { reference: held.map(([before]) => before), current: held.map(([, now]) => now) };
}

function plainTest(table: Contingency): { statistic: number; dof: number; p_value: number } {
  const { statistic, dof, p_value } = chiSquareTest(table);
  return { statistic, dof, p_value };
}

type RowCounts = Pick<ColumnMeasurement, "n_reference" | "n_current">;

function lackOfValues({ n_reference, n_current }: RowCounts, isKept: boolean): ColumnProblem | null {
  if (n_reference === 0) return "no values in the reference";
  if (!isKept) return "values not kept in the profile";
  return n_current === 0 ? "no values in the current data" : null;
}

function unmeasured(reference: Reference, problem: ColumnProblem): ColumnMeasurement {
  const isNumeric = reference.kind === "numeric";
  const n = isNumeric ? reference.rows : total([...reference.counts.values()]) + reference.unnamed.rows;
  const rows = n + reference.missing + (isNumeric ? reference.infinite : 0);
  const missing = missingChange({ missing: reference.missing, rows }, { missing: 0, rows: 0 });
  return { name: reference.name, kind: reference.kind, ...EMPTY, n_reference: n, n_current: 0, missing, problem };
}

const EMPTY = {
  ks: null,
  chi2: null,
  psi: null,
  js_distance: null,
  wasserstein: null,
  wasserstein_normed: null,
  cramers_v: null,
  unseen: [],
  unseen_categories: null,
  unseen_rows: null,
  effect: null,
  problem: null,
};

// A sum of non-negative terms; rounding may leave −0 or a last digit below it.
function nonNegative(value: number): number {
  return Math.max(0, value);
}

// Values near the ends of what a double holds have a distance beyond it.
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
