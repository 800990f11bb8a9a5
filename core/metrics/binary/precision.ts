import { confusionMetric, ratio } from "./confusion.ts";

/** Share of positive decisions that are right; 0 where there is none, as in scikit-learn. */
export const precision = confusionMetric({
  name: "precision",
  title: "precision",
  direction: "higher-is-better",
  of: ({ truePositive, falsePositive }) => ratio(truePositive, truePositive + falsePositive) ?? 0,
});
