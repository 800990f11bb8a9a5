import { countMetric } from "./class-counts.ts";

/** Mean recall of the classes that have rows, as in scikit-learn. */
export const balancedAccuracy = countMetric({
  name: "balanced_accuracy",
  title: "balanced accuracy",
  direction: "higher-is-better",
  of: (counts) => {
    const held = counts.filter(({ truth }) => truth > 0);
    return held.reduce((sum, { hits, truth }) => sum + hits / truth, 0) / held.length;
  },
});
