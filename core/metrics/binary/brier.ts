import { isProbability } from "../finite.ts";
import { binaryMean } from "./binary-mean.ts";

/**
 * Brier score: the mean squared distance of the score from the label. Undefined where a score is no probability.
 * Source: Brier 1950, Monthly Weather Review 78.
 */
export const brier = binaryMean({
  name: "brier",
  title: "Brier score",
  direction: "lower-is-better",
  perRow: (label, score) => (isProbability(score) ? (score - label) ** 2 : Number.NaN),
});
