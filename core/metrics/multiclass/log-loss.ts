import { surprise } from "../binary/log-loss.ts";
import { multiclassMean } from "./multiclass-mean.ts";

/**
 * Mean negative logarithm of the true class's probability in nats, clipped to [2⁻⁵², 1 − 2⁻⁵²] and not made to sum to
 * one, as in scikit-learn. Undefined where a number is no probability.
 */
export const logLoss = multiclassMean({
  name: "log_loss",
  title: "log loss",
  direction: "lower-is-better",
  perRow: (label, probabilities) => surprise(probabilities[label] ?? Number.NaN),
});
