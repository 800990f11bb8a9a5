import type { Column } from "../column.ts";
import { compareReferences } from "../drift/compare-columns.ts";
import type { DriftResult } from "../drift/drift-result.ts";
import type { DriftRule } from "../drift/drift-rule.ts";
import type { CategoricalReference, NumericReference, Reference } from "../drift/reference.ts";
import { sampleErrorBound } from "./even-sample.ts";
import type { CategoricalProfile, NumericProfile, ReferenceProfile } from "./reference-profile.ts";

/**
 * Drift against a stored profile, of the same shape as `compareColumns` and equal to it where the profile holds every
 * value and names every category. Else: D is within `ks.error_bound`, Wasserstein is that of the sample, PSI is exact,
 * categories the profile does not name are one category, and unseen ones cannot be told from them.
 */
export function compareWithProfile(
  profile: ReferenceProfile,
  current: readonly Column[],
  options: Partial<DriftRule> = {},
): DriftResult {
  const result = compareReferences(profile.columns.map(profiledReference), current, options);
  return withProfile(result, profile);
}

/** A result with what has to be known of a profile to read its numbers. */
export function withProfile(result: DriftResult, { rows }: ReferenceProfile): DriftResult {
  const reference = `a profile of ${rows} rows; ks is within error_bound of that against all rows, wasserstein is against the profile's sample, values the profile does not name are one category`;
  return { ...result, conventions: { ...result.conventions, reference } };
}

export function profiledReference(column: NumericProfile | CategoricalProfile): Reference {
  return column.kind === "numeric" ? numericReference(column) : categoricalReference(column);
}

function numericReference({ name, count, missing, infinite, summary }: NumericProfile): NumericReference {
  const sample = Float64Array.from(summary?.sample ?? []);
  return {
    kind: "numeric",
    name,
    sample,
    rows: count,
    missing,
    infinite,
    errorBound: sampleErrorBound(count, sample.length),
    sd: summary?.sd ?? 0,
    bins: summary?.deciles ?? { edges: [], counts: [count] },
  };
}

function categoricalReference({ name, missing, top, unnamed }: CategoricalProfile): CategoricalReference {
  const counts = new Map(top.map(({ value, rows }) => [value, rows]));
  return { kind: "categorical", name, counts, missing, unnamed };
}
