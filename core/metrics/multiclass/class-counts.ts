import { type Direction, NO_VALUE, type Weights } from "../metric.ts";
import { decisionsOf, type MulticlassMetric } from "./multiclass-rows.ts";

/** Weights of one class's rows. */
export interface ClassCount {
  /** Rows of the class. */
  readonly truth: number;
  /** Rows decided for it. */
  readonly decided: number;
  /** Both. */
  readonly hits: number;
}

export interface CountMetric {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /** Of the classes that are some row's truth or decision, as in scikit-learn; others are not there. */
  readonly of: (counts: readonly ClassCount[]) => number | undefined;
}

/** A metric of decisions that needs no more of the confusion than its margins and its diagonal. */
export function countMetric({ of, ...metric }: CountMetric): MulticlassMetric {
  return {
    ...metric,
    prepare: (rows) => {
      const decisions = decisionsOf(rows);
      if (decisions === undefined) return NO_VALUE;
      return (weights) => {
        const counts = countsOf(rows.labels, decisions, { weights, classes: rows.classes.length });
        return counts.length > 0 ? of(counts) : undefined;
      };
    },
  };
}

function countsOf(
  labels: Int32Array,
  decisions: Int32Array,
  { weights, classes }: { readonly weights: Weights; readonly classes: number },
): readonly ClassCount[] {
  const truth = new Float64Array(classes);
  const decided = new Float64Array(classes);
  const hits = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const [label, decision] = [labels[row] ?? 0, decisions[row] ?? 0];
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    truth[label] = (truth[label] ?? 0) + weight;
    decided[decision] = (decided[decision] ?? 0) + weight;
    if (label === decision) hits[label] = (hits[label] ?? 0) + weight;
  }
  return Array.from(truth, (weight, at) => ({ truth: weight, decided: decided[at] ?? 0, hits: hits[at] ?? 0 })).filter(
    (count) => count.truth + count.decided > 0,
  );
}
