import type { BinaryRows } from "../binary/binary-rows.ts";
import { eceWidth10 as binaryEce } from "../binary/calibration.ts";
import { NO_VALUE } from "../metric.ts";
import { decisionsOf, type MulticlassMetric, type MulticlassRows } from "./multiclass-rows.ts";

/**
 * Expected calibration error of the class decided for: how far its probability lies from the share of right decisions,
 * over ten bins of equal width. Source: Guo, Pleiss, Sun & Weinberger 2017, ICML.
 */
export const eceWidth10: MulticlassMetric = {
  name: "ece_width10",
  title: "ECE of the top class (10 equal widths)",
  direction: "lower-is-better",
  prepare: (rows) => {
    const decisions = decisionsOf(rows);
    return decisions === undefined ? NO_VALUE : binaryEce.prepare(topClassRows(rows, decisions));
  },
};

/** The decision's probability as the score of "the decision is right". */
export function topClassRows({ classes, labels, probabilities }: MulticlassRows, decisions: Int32Array): BinaryRows {
  const right = new Uint8Array(labels.length);
  const scores = new Float64Array(labels.length);
  for (let row = 0; row < scores.length; row++) {
    const decision = decisions[row] ?? 0;
    right[row] = Number(decision === labels[row]);
    scores[row] = probabilities[row * classes.length + decision] ?? 0;
  }
  return { labels: right, scores };
}
