import { isAllFinite } from "../finite.ts";
import { NO_VALUE } from "../metric.ts";
import type { BinaryMetric } from "./binary-rows.ts";
import { classSteps } from "./class-steps.ts";

/**
 * Average precision, Σ (Rₖ − Rₖ₋₁)·Pₖ over the distinct scores from high to low; equal scores are one step, and
 * nothing is interpolated (scikit-learn's definition). Undefined without a positive row.
 */
export const averagePrecision: BinaryMetric = {
  name: "average_precision",
  title: "average precision",
  direction: "higher-is-better",
  prepare({ labels, scores }) {
    if (!isAllFinite(scores)) return NO_VALUE;
    const weigh = classSteps({ labels, scores });
    return (weights) => {
      const { positive, negative } = weigh(weights);
      let [seen, hits, area] = [0, 0, 0];
      for (let step = positive.length - 1; step >= 0; step--) {
        const hitsHere = positive[step] ?? 0;
        seen += hitsHere + (negative[step] ?? 0);
        hits += hitsHere;
        if (hitsHere > 0) area += hitsHere * (hits / seen);
      }
      return hits > 0 ? area / hits : undefined;
    };
  },
};
