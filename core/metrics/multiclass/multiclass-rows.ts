import { isAllFinite } from "../finite.ts";
import type { Metric } from "../metric.ts";
import { remembered } from "../remembered.ts";

export interface MulticlassRows {
  readonly classes: readonly string[];
  /** The class of each row, as an index into `classes`. */
  readonly labels: Int32Array;
  /** Row by row, one probability per class. */
  readonly probabilities: Float64Array;
}

export type MulticlassMetric = Metric<MulticlassRows>;

/**
 * The class each row is decided for: the one of the highest probability, the first of equal ones. Undefined without
 * rows, and where a probability is not a finite number or a label is no class.
 */
export const decisionsOf = remembered(({ classes, labels, probabilities }: MulticlassRows): Int32Array | undefined => {
  if (labels.length === 0 || !isAllFinite(probabilities)) return undefined;
  if (labels.some((label) => !(label >= 0 && label < classes.length))) return undefined;
  return labels.map((_, row) => highestFrom(probabilities, row * classes.length, classes.length));
});

function highestFrom(values: Float64Array, start: number, length: number): number {
  let highest = 0;
  for (let at = 1; at < length; at++) {
    if ((values[start + at] ?? 0) > (values[start + highest] ?? 0)) highest = at;
  }
  return highest;
}
