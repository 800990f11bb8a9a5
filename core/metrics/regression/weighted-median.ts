import type { Weighing, Weights } from "../metric.ts";
import { stepsOf } from "../score-steps.ts";
import { spreadOf } from "./explained.ts";

// Weights are added in another order than they were given: half of them is met within rounding.
const ROUNDING = 1e-12;

/**
 * The value below which half of the weight lies, or the mean of two neighbours where the halves part between them
 * ("averaged inverted CDF", as scikit-learn's weighted median). Undefined where nothing has weight. Values are finite.
 * Source: Hyndman & Fan 1996, The American Statistician 50(4), definition 2.
 */
export function medianOf(values: Float64Array): Weighing {
  const { order } = stepsOf(values);
  return (weights) => {
    const half = spreadOf(values, weights).weight / 2;
    if (half === 0) return undefined;
    const [lower, upper] = [half * (1 - ROUNDING), half * (1 + ROUNDING)].map((share) =>
      valueAt(values, order, { weights, share }),
    );
    return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
  };
}

/** The first value at which that share of the weight is reached. */
function valueAt(
  values: Float64Array,
  order: Uint32Array,
  { weights, share }: { readonly weights: Weights; readonly share: number },
): number | undefined {
  let below = 0;
  for (const row of order) {
    below += weights === undefined ? 1 : (weights[row] ?? 0);
    if (below >= share) return values[row];
  }
  return undefined;
}
