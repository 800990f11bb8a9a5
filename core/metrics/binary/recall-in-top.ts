import { isAllFinite } from "../finite.ts";
import { NO_VALUE } from "../metric.ts";
import { sumOf } from "../sum.ts";
import type { BinaryMetric } from "./binary-rows.ts";
import { type ClassSteps, classSteps } from "./class-steps.ts";

/**
 * Share of the positive rows among the k % of all rows with the highest scores, by weight. Where the cut goes through
 * rows of equal score, or through a row, the part above it counts: the mean over every order of the equal ones.
 * Undefined without a positive row.
 */
function recallInTop(percent: number): BinaryMetric {
  return {
    name: `recall_top_${percent}pct`,
    title: `recall in the top ${percent} %`,
    direction: "higher-is-better",
    prepare({ labels, scores }) {
      if (!isAllFinite(scores)) return NO_VALUE;
      const weigh = classSteps({ labels, scores });
      return (weights) => shareFound(weigh(weights), percent / 100);
    },
  };
}

export const recallTop5Pct = recallInTop(5);
export const recallTop10Pct = recallInTop(10);

function shareFound({ positive, negative }: ClassSteps, top: number): number | undefined {
  const positives = sumOf(positive);
  let left = (positives + sumOf(negative)) * top;
  let found = 0;
  for (let step = positive.length - 1; step >= 0 && left > 0; step--) {
    const held = (positive[step] ?? 0) + (negative[step] ?? 0);
    if (held > 0) found += (positive[step] ?? 0) * Math.min(1, left / held);
    left -= held;
  }
  return positives > 0 ? found / positives : undefined;
}
