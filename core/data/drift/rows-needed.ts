import { chiSquareCritical } from "../../statistics/chi-square.ts";
import { kolmogorovCritical } from "../../statistics/kolmogorov.ts";

/**
 * How many rows a test needs before a difference exactly at its floor is significant at level α. All three tests see
 * rows only through A = nm/(n + m), so the answer is one number A:
 *
 * - Kolmogorov–Smirnov: D ≥ c(α)·√((n + m)/(nm)) gives A = (c(α)/D)², with c(0.01) = 1.628 of Kolmogorov's limit.
 * - chi-square on K categories: at V (of equal sizes, less its bias) χ² is about 4A·V² + (K − 1), which is χ²(1 − α; K − 1)
 *   at A = (χ²(1 − α; K − 1) − (K − 1))/(4V²).
 * - two shares: a difference δ around a common share s has χ² = A·δ²/(s(1 − s)), hence A = χ²(1 − α; 1)·s(1 − s)/δ².
 *
 * At these rows a true difference at the floor is found every other time; above the floor more often.
 */
export type EffectiveRows = number;

export function distanceRows(floor: number, level: number): EffectiveRows {
  return (kolmogorovCritical(level) / floor) ** 2;
}

export function associationRows(floor: number, level: number, dof: number): EffectiveRows {
  return dof < 1 ? 0 : Math.max(1, chiSquareCritical(level, dof) - dof) / (4 * floor ** 2);
}

export function shareRows(floor: number, level: number, share: number): EffectiveRows {
  return (chiSquareCritical(level, 1) * share * (1 - share)) / floor ** 2;
}

export interface RowsNeeded {
  /** Rows of the current data beside the reference as it is; null when the reference itself is too small. */
  readonly current: number | null;
  /** Rows on each side, were both the same size. */
  readonly each: number;
}

/** What is still needed, or null when the rows are enough. */
export function rowsNeeded(effective: EffectiveRows, reference: number, current: number): RowsNeeded | null {
  if (reference > 0 && current > 0 && (reference * current) / (reference + current) >= effective) return null;
  return {
    current: reference > effective ? Math.ceil((effective * reference) / (reference - effective)) : null,
    each: Math.ceil(2 * effective),
  };
}
