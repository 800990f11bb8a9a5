import { rowMeanMetric } from "./row-mean.ts";

/** Brier score: the mean squared distance of the score from the label. Source: Brier 1950, Monthly Weather Review 78. */
export const brier = rowMeanMetric({
  name: "brier",
  title: "Brier score",
  direction: "lower-is-better",
  perRow: (label, score) => (score - label) ** 2,
});
