import { type ClassCount, countMetric } from "./class-counts.ts";
import type { MulticlassMetric } from "./multiclass-rows.ts";

type Score = (count: ClassCount) => number;

/** 0 without a denominator, as in scikit-learn. */
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

const SCORES: readonly (readonly [name: string, title: string, score: Score])[] = [
  ["precision", "precision", ({ hits, decided }) => share(hits, decided)],
  ["recall", "recall", ({ hits, truth }) => share(hits, truth)],
  ["f1", "F1", ({ hits, decided, truth }) => share(2 * hits, decided + truth)],
];

const AVERAGES = {
  /** Each class alike. */
  macro: (counts: readonly ClassCount[], score: Score) => total(counts, score) / counts.length,
  /** Each class by the weight of its rows. */
  weighted: (counts: readonly ClassCount[], score: Score) =>
    total(counts, (count) => count.truth * score(count)) / total(counts, ({ truth }) => truth),
  /** The score of all classes' counts together; of one label per row it is the accuracy, whichever the score. */
  micro: (counts: readonly ClassCount[], score: Score) =>
    score({
      truth: total(counts, ({ truth }) => truth),
      decided: total(counts, ({ decided }) => decided),
      hits: total(counts, ({ hits }) => hits),
    }),
} as const;

/** Precision, recall and F1 of each class against the rest, averaged in three ways; scikit-learn's definitions. */
export const AVERAGED_METRICS: readonly MulticlassMetric[] = SCORES.flatMap(([name, title, score]) =>
  Object.entries(AVERAGES).map(([kind, average]) =>
    countMetric({
      name: `${name}_${kind}`,
      title: `${title} (${kind})`,
      direction: "higher-is-better",
      of: (counts) => average(counts, score),
    }),
  ),
);

function total(counts: readonly ClassCount[], of: (count: ClassCount) => number): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}
