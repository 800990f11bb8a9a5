import type { Weights } from "../metric.ts";

/**
 * 1 − loss / loss of the best constant. Where the target is constant it is 1 if the model is perfect and 0 if not, as
 * scikit-learn does by `force_finite`.
 */
export function explainedShare(loss: number, lossOfConstant: number): number {
  if (loss === 0) return 1;
  return lossOfConstant === 0 ? 0 : 1 - loss / lossOfConstant;
}

export interface Spread {
  /** Rows that have weight. */
  readonly rows: number;
  readonly weight: number;
  /** Of the rows that have weight. */
  readonly isConstant: boolean;
}

/** How much there is to explain. Constancy is read from the values: their rounded mean may differ from each of them. */
export function spreadOf(values: Float64Array, weights: Weights): Spread {
  let [rows, weight, first, isConstant] = [0, 0, Number.NaN, true];
  for (let row = 0; row < values.length; row++) {
    const share = weights === undefined ? 1 : (weights[row] ?? 0);
    if (share <= 0) continue;
    const value = values[row] ?? 0;
    if (rows === 0) first = value;
    isConstant &&= value === first;
    rows++;
    weight += share;
  }
  return { rows, weight, isConstant };
}
