import { queryMean } from "./query-mean.ts";

/**
 * Mean over queries of the average precision, Σ precision at each relevant row / relevant rows; a relevance above 0 is
 * relevant. Rows of equal score are one step, as in scikit-learn's average_precision_score.
 * Source: Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval, ch. 8.
 */
export const map = queryMean({
  name: "map",
  title: "MAP",
  perQuery: ({ relevance, tieEnds }) => {
    let [relevant, area] = [0, 0];
    let start = 0;
    while (start < relevance.length) {
      const end = tieEnds[start] ?? relevance.length;
      const here = relevance.subarray(start, end).filter((of) => of > 0).length;
      relevant += here;
      area += (here * relevant) / end;
      start = end;
    }
    return area / relevant;
  },
});
