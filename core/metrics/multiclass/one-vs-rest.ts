import { averagePrecision } from "../binary/average-precision.ts";
import type { BinaryMetric, BinaryRows } from "../binary/binary-rows.ts";
import { rocAuc } from "../binary/roc-auc.ts";
import { NO_VALUE, type Weights } from "../metric.ts";
import { remembered } from "../remembered.ts";
import { sumOf } from "../sum.ts";
import { decisionsOf, type MulticlassMetric, type MulticlassRows } from "./multiclass-rows.ts";

/** Each class as the positive one of a binary classifier. */
const classesAgainstRest = remembered(({ classes, labels, probabilities }: MulticlassRows): readonly BinaryRows[] =>
  classes.map((_, at) => {
    const scores = new Float64Array(labels.length);
    for (let row = 0; row < scores.length; row++) scores[row] = probabilities[row * classes.length + at] ?? 0;
    return { labels: Uint8Array.from(labels, (label) => Number(label === at)), scores };
  }),
);

interface OneVsRest {
  readonly name: string;
  readonly title: string;
  readonly binary: BinaryMetric;
  /** Each class by the weight of its rows; otherwise each alike. */
  readonly isWeighted: boolean;
}

/**
 * The mean over classes of a binary metric of the class against the rest. Undefined where a class has no row, or all.
 * Source: Provost & Domingos 2000, CeDER Working Paper IS-00-04, for the weighted one.
 */
function oneVsRest({ name, title, binary, isWeighted }: OneVsRest): MulticlassMetric {
  return {
    name,
    title,
    direction: binary.direction,
    prepare: (rows) => {
      if (decisionsOf(rows) === undefined) return NO_VALUE;
      const weighings = classesAgainstRest(rows).map((one) => binary.prepare(one));
      return (weights) => {
        const values = weighings.map((weigh) => weigh(weights));
        return mean(values, isWeighted ? rowsPerClass(rows, weights) : new Float64Array(values.length).fill(1));
      };
    },
  };
}

function rowsPerClass({ classes, labels }: MulticlassRows, weights: Weights): Float64Array {
  const held = new Float64Array(classes.length);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    held[label] = (held[label] ?? 0) + (weights === undefined ? 1 : (weights[row] ?? 0));
  }
  return held;
}

function mean(values: readonly (number | undefined)[], shares: Float64Array): number | undefined {
  let total = 0;
  for (const [at, value] of values.entries()) {
    if (value === undefined) return undefined;
    total += value * (shares[at] ?? 0);
  }
  return total / sumOf(shares);
}

export const rocAucOvrMacro = oneVsRest({
  name: "roc_auc_ovr_macro",
  title: "ROC AUC (one class against the rest, macro)",
  binary: rocAuc,
  isWeighted: false,
});

export const rocAucOvrWeighted = oneVsRest({
  name: "roc_auc_ovr_weighted",
  title: "ROC AUC (one class against the rest, weighted)",
  binary: rocAuc,
  isWeighted: true,
});

export const averagePrecisionMacro = oneVsRest({
  name: "average_precision_macro",
  title: "average precision (one class against the rest, macro)",
  binary: averagePrecision,
  isWeighted: false,
});
