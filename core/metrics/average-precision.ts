import { type BinaryMetric, lacksScores } from "./metric.ts";
import { ascendingOrder } from "./midranks.ts";

/**
 * Average precision, Σ (Rₖ − Rₖ₋₁)·Pₖ over the distinct scores from high to low; equal scores are one step, and
 * nothing is interpolated (scikit-learn's definition). Undefined without a positive row.
 */
export const averagePrecision: BinaryMetric = {
  name: "average_precision",
  title: "average precision",
  direction: "higher-is-better",
  compute({ labels, scores }) {
    const positives = labels.reduce((sum, label) => sum + label, 0);
    if (positives === 0 || lacksScores(scores)) return undefined;
    const order = ascendingOrder(scores);
    let seen = 0;
    let hits = 0;
    let area = 0;
    for (let at = order.length - 1; at >= 0; ) {
      const score = scores[order[at] ?? 0];
      const hitsBefore = hits;
      for (; at >= 0 && scores[order[at] ?? 0] === score; at--) {
        seen++;
        hits += labels[order[at] ?? 0] ?? 0;
      }
      area += ((hits - hitsBefore) / positives) * (hits / seen);
    }
    return area;
  },
};
