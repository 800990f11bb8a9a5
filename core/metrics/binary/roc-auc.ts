import { isAllFinite } from "../finite.ts";
import { NO_VALUE } from "../metric.ts";
import type { BinaryMetric } from "./binary-rows.ts";
import { classSteps } from "./class-steps.ts";

/**
 * Area under the ROC curve: the share of (positive, negative) pairs the score puts in the right order, ties half, each
 * pair weighing the product of its rows' weights. Undefined with one class only.
 * Source: Hanley & McNeil 1982, Radiology 143(1).
 */
export const rocAuc: BinaryMetric = {
  name: "roc_auc",
  title: "ROC AUC",
  direction: "higher-is-better",
  prepare({ labels, scores }) {
    if (!isAllFinite(scores)) return NO_VALUE;
    const weigh = classSteps({ labels, scores });
    return (weights) => {
      const { positive, negative } = weigh(weights);
      let [positives, negatives, won] = [0, 0, 0];
      for (let step = 0; step < positive.length; step++) {
        const [positivesHere, negativesHere] = [positive[step] ?? 0, negative[step] ?? 0];
        won += positivesHere * (negatives + negativesHere / 2);
        positives += positivesHere;
        negatives += negativesHere;
      }
      return positives > 0 && negatives > 0 ? won / (positives * negatives) : undefined;
    };
  },
};
