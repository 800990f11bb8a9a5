import { confusionMetric } from "./confusion.ts";

/**
 * Matthews correlation coefficient, the correlation of decision and label; 0 where either has one value only, as in
 * scikit-learn. Source: Matthews 1975, Biochimica et Biophysica Acta 405(2).
 */
export const mcc = confusionMetric({
  name: "mcc",
  title: "MCC",
  direction: "higher-is-better",
  of: ({ truePositive, falsePositive, falseNegative, trueNegative }) => {
    // Roots first: the product of four large counts is beyond a double's exact integers.
    const spread =
      Math.sqrt((truePositive + falsePositive) * (truePositive + falseNegative)) *
      Math.sqrt((trueNegative + falsePositive) * (trueNegative + falseNegative));
    return spread === 0 ? 0 : (truePositive * trueNegative - falsePositive * falseNegative) / spread;
  },
});
