import { type RowMeanMetric, rowMeanMetric } from "../row-mean.ts";
import { decisionsOf, type MulticlassRows } from "./multiclass-rows.ts";

/** Share of rows whose class has the highest probability, the first of equal ones deciding. */
export const accuracy: RowMeanMetric<MulticlassRows> = rowMeanMetric({
  name: "accuracy",
  title: "accuracy",
  direction: "higher-is-better",
  perUnit: (rows) => {
    const decisions = decisionsOf(rows);
    const values = new Float64Array(rows.labels.length);
    if (decisions === undefined) return values.fill(Number.NaN);
    return values.map((_, row) => Number(decisions[row] === rows.labels[row]));
  },
});
