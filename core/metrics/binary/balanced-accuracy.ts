import { confusionMetric, ratio } from "./confusion.ts";

/** Mean of the two classes' recalls; that of the one class where there is no other, as in scikit-learn. */
export const balancedAccuracy = confusionMetric({
  name: "balanced_accuracy",
  title: "balanced accuracy",
  direction: "higher-is-better",
  of: ({ truePositive, falseNegative, trueNegative, falsePositive }) => {
    const recalls = [
      ratio(truePositive, truePositive + falseNegative),
      ratio(trueNegative, trueNegative + falsePositive),
    ].filter((recall) => recall !== undefined);
    return ratio(
      recalls.reduce((sum, recall) => sum + recall, 0),
      recalls.length,
    );
  },
});
