import { stepsOf } from "./score-steps.ts";

/** Ranks from 1; equal values share the mean of the ranks they span. */
export function midranks(values: Float64Array): Float64Array {
  const { ends, stepOf } = stepsOf(values);
  const ranks = new Float64Array(values.length);
  for (let row = 0; row < ranks.length; row++) {
    const step = stepOf[row] ?? 0;
    ranks[row] = ((ends[step - 1] ?? 0) + (ends[step] ?? 0) + 1) / 2;
  }
  return ranks;
}
