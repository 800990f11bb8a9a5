import { rowMeanMetric } from "./row-mean.ts";

// scikit-learn clips with the machine epsilon of the scores' type; 2^-52 is that of a 64-bit float.
const CLIP = Number.EPSILON;

/** Mean negative log-likelihood in nats, scores clipped to [2⁻⁵², 1 − 2⁻⁵²]. */
export const logLoss = rowMeanMetric({
  name: "log_loss",
  title: "log loss",
  direction: "lower-is-better",
  perRow: (label, score) => -Math.log(Math.max(label === 1 ? score : 1 - score, CLIP)),
});
