import { rowMeanMetric } from "./row-mean.ts";

/** The score from which a row counts as positive. */
export const DECISION_THRESHOLD = 0.5;

/** Share of rows decided rightly at a threshold of 0.5. */
export const accuracy = rowMeanMetric({
  name: "accuracy",
  title: "accuracy",
  direction: "higher-is-better",
  perRow: (label, score) => Number(Number(score >= DECISION_THRESHOLD) === label),
});
