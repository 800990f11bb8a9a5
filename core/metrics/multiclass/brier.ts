import { multiclassMean } from "./multiclass-mean.ts";

/**
 * Brier score, the sum form: the squared distance of the probabilities from the true class, added over all classes and
 * averaged over rows, from 0 to 2. Of two classes it is twice the binary score.
 * Source: Brier 1950, Monthly Weather Review 78.
 */
export const brier = multiclassMean({
  name: "brier",
  title: "Brier score (sum over classes)",
  direction: "lower-is-better",
  perRow: (label, probabilities) =>
    probabilities.reduce((sum, probability, at) => sum + (probability - Number(at === label)) ** 2, 0),
});
