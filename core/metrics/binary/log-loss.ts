import { isProbability } from "../finite.ts";
import { binaryMean } from "./binary-mean.ts";

// scikit-learn clips with the machine epsilon of the scores' type; 2^-52 is that of a 64-bit float.
const CLIP = Number.EPSILON;

/** The negative logarithm of a probability clipped to [2⁻⁵², 1 − 2⁻⁵²], in nats; NaN where it is none. */
export function surprise(probability: number): number {
  return isProbability(probability) ? -Math.log(Math.min(Math.max(probability, CLIP), 1 - CLIP)) : Number.NaN;
}

/** Mean negative log-likelihood in nats, clipped as scikit-learn clips. Undefined where a score is no probability. */
export const logLoss = binaryMean({
  name: "log_loss",
  title: "log loss",
  direction: "lower-is-better",
  perRow: (label, score) => surprise(label === 1 ? score : 1 - score),
});
