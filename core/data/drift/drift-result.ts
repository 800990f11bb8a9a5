import { z } from "zod";

const Share = z.number().min(0).max(1);
const Count = z.number().int().min(0);
const Size = z.number().min(0);

/** "noise" is a difference that is only large or only significant; the drift rule wants both. */
export const DriftVerdict = z.enum(["drifted", "no drift", "noise", "too few rows", "not comparable"]);
export type DriftVerdict = z.output<typeof DriftVerdict>;

/** Why a column has no verdict on its values, or nothing to compare. */
export const ColumnProblem = z.enum([
  "absent from the current data",
  "of another kind in the current data",
  "infinite values",
  "no values in the reference",
  "no values in the current data",
  "values not kept in the profile",
  "one value only",
  // An id or free text: nothing can be said of its distribution.
  "too many values",
]);
export type ColumnProblem = z.output<typeof ColumnProblem>;

/** Rows still needed: of the current data (null when the reference is too small for any), or on each side. */
const RowsStillNeeded = z.strictObject({ current: Count.nullable(), each: Count });

const ChiSquareNumbers = { statistic: Size, dof: Count, p_value: Share };

const Missing = z.strictObject({
  reference: Count,
  current: Count,
  rate_reference: Share.nullable(),
  rate_current: Share.nullable(),
  change_points: z.number().nullable(),
  statistic: Size.nullable(),
  p_value: Share.nullable(),
  p_adjusted: Share.nullable(),
});

/** One column of `drift --json`. Numbers that its kind does not have, or that are undefined, are null. */
export const ColumnDrift = z.strictObject({
  name: z.string(),
  kind: z.enum(["numeric", "categorical"]),
  /** Rows with a value, which the tests of values see. */
  n_reference: Count,
  n_current: Count,
  ks: z
    .strictObject({
      statistic: Share,
      p_value: Share,
      method: z.enum(["exact", "asymptotic"]),
      /** The most by which `statistic` may be off because the reference is a profile's sample; 0 with all rows. */
      error_bound: Share,
    })
    .nullable(),
  chi2: z
    .strictObject({
      ...ChiSquareNumbers,
      small_cells: Count,
      /** The test with rare categories made one, which the verdict rests on; null when there are none. */
      pooled: z.strictObject(ChiSquareNumbers).nullable(),
    })
    .nullable(),
  psi: Size.nullable(),
  js_distance: Share.nullable(),
  wasserstein: Size.nullable(),
  wasserstein_normed: Size.nullable(),
  cramers_v: Share.nullable(),
  missing: Missing,
  /** Rows of each category the reference does not have, largest first, at most 100. Never their names. */
  unseen: z.array(Count).max(100),
  /** How many such categories and rows in all; null when the profile does not name all of its own. */
  unseen_categories: Count.nullable(),
  unseen_rows: Count.nullable(),
  /** What is held against the floor: D, or Cramér's V at equal sizes. */
  effect: Share.nullable(),
  p_adjusted: Share.nullable(),
  rows_needed: RowsStillNeeded.nullable(),
  problem: ColumnProblem.nullable(),
  verdict: DriftVerdict,
  sentence: z.string(),
});
export type ColumnDrift = z.output<typeof ColumnDrift>;

export const DriftResult = z.strictObject({
  columns: z.array(ColumnDrift),
  /** Tests of values and of missing values adjusted together. */
  tests: Count,
  /** How every number is defined, for whoever computes it again. */
  conventions: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DriftResult = z.output<typeof DriftResult>;
