import { type BinaryMetric, type BinaryRows, lacksScores } from "./metric.ts";

/** A metric that is the mean of one number per row, which makes its paired tests simple and fast. */
export interface RowMeanMetric extends BinaryMetric {
  /** The row's contribution. */
  perRow(label: number, score: number): number;
}

export function rowMeanMetric(metric: Omit<RowMeanMetric, "compute">): RowMeanMetric {
  return {
    ...metric,
    compute: ({ labels, scores }: BinaryRows) => {
      if (labels.length === 0 || lacksScores(scores)) return undefined;
      let sum = 0;
      for (let row = 0; row < labels.length; row++) sum += metric.perRow(labels[row] ?? 0, scores[row] ?? 0);
      return sum / labels.length;
    },
  };
}
