import type { Weights } from "../metric.ts";
import { stepsOf } from "../score-steps.ts";
import type { BinaryRows } from "./binary-rows.ts";

/** The weight of either class at each distinct score. The arrays are filled anew by each weighing. */
export interface ClassSteps {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/** Sorts once; what it returns weighs the rows, step by step from the lowest score to the highest. */
export function classSteps({ labels, scores }: BinaryRows): (weights: Weights) => ClassSteps {
  const { ends, stepOf } = stepsOf(scores);
  const steps = { positive: new Float64Array(ends.length), negative: new Float64Array(ends.length) };
  return (weights) => {
    steps.positive.fill(0);
    steps.negative.fill(0);
    for (let row = 0; row < labels.length; row++) {
      const side = labels[row] === 1 ? steps.positive : steps.negative;
      const step = stepOf[row] ?? 0;
      side[step] = (side[step] ?? 0) + (weights === undefined ? 1 : (weights[row] ?? 0));
    }
    return steps;
  };
}
