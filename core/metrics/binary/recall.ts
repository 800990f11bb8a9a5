import { confusionMetric, ratio } from "./confusion.ts";

/** Share of positive rows that are decided so; 0 without a positive row, as in scikit-learn. */
export const recall = confusionMetric({
  name: "recall",
  title: "recall",
  direction: "higher-is-better",
  of: ({ truePositive, falseNegative }) => ratio(truePositive, truePositive + falseNegative) ?? 0,
});
