import { type ClassCount, countMetric } from "./class-counts.ts";

/**
 * Matthews correlation coefficient of several classes; 0 where labels or decisions are all of one class, as in
 * scikit-learn. Source: Gorodkin 2004, Computational Biology and Chemistry 28(5–6).
 */
export const mcc = countMetric({
  name: "mcc",
  title: "MCC",
  direction: "higher-is-better",
  of: (counts) => {
    const of = { truth: spread(counts, "truth"), decided: spread(counts, "decided") };
    if (of.truth === 0 || of.decided === 0) return 0;
    let [rows, hits, both] = [0, 0, 0];
    for (const count of counts) {
      rows += count.truth;
      hits += count.hits;
      both += count.truth * count.decided;
    }
    return (hits * rows - both) / (Math.sqrt(of.truth) * Math.sqrt(of.decided));
  },
});

/** n² − Σ nₖ², without its rounding: exactly 0 where all is in one class. */
function spread(counts: readonly ClassCount[], side: "truth" | "decided"): number {
  let total = 0;
  let pairs = 0;
  for (const count of counts) {
    pairs += 2 * total * count[side];
    total += count[side];
  }
  return pairs;
}
