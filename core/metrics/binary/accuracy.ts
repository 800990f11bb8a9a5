import { binaryMean } from "./binary-mean.ts";
import { DECISION_THRESHOLD } from "./binary-rows.ts";

/** Share of rows decided rightly at a threshold of 0.5. */
export const accuracy = binaryMean({
  name: "accuracy",
  title: "accuracy",
  direction: "higher-is-better",
  perRow: (label, score) => Number(Number(score >= DECISION_THRESHOLD) === label),
});
