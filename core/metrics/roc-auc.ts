import { type BinaryMetric, lacksScores } from "./metric.ts";
import { midranks } from "./midranks.ts";

/**
 * Area under the ROC curve: the share of (positive, negative) pairs the score puts in the right order, ties half.
 * Mann–Whitney form on midranks, (R₊ − P(P+1)/2) / (P·N). Undefined with one class only.
 * Source: Hanley & McNeil 1982, Radiology 143(1).
 */
export const rocAuc: BinaryMetric = {
  name: "roc_auc",
  title: "ROC AUC",
  direction: "higher-is-better",
  compute({ labels, scores }) {
    if (lacksScores(scores)) return undefined;
    const ranks = midranks(scores);
    let positives = 0;
    let rankSum = 0;
    for (let row = 0; row < labels.length; row++) {
      if (labels[row] !== 1) continue;
      positives++;
      rankSum += ranks[row] ?? 0;
    }
    const negatives = labels.length - positives;
    if (positives === 0 || negatives === 0) return undefined;
    return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  },
};
