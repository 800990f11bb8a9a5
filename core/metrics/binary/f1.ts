import { confusionMetric, ratio } from "./confusion.ts";

/** Harmonic mean of precision and recall, 2TP / (2TP + FP + FN); 0 where that has no denominator, as in scikit-learn. */
export const f1 = confusionMetric({
  name: "f1",
  title: "F1",
  direction: "higher-is-better",
  of: ({ truePositive, falsePositive, falseNegative }) =>
    ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative) ?? 0,
});
