import { queryMean } from "./query-mean.ts";

/**
 * Mean over queries of 1 / the place of the first relevant row; a relevance above 0 is relevant. Among equal scores it
 * stands last, so a model that ties everything gains nothing: with one relevant row it is scikit-learn's
 * label_ranking_average_precision_score. Source: Voorhees 1999, The TREC-8 Question Answering Track Report.
 */
export const mrr = queryMean({
  name: "mrr",
  title: "MRR",
  perQuery: ({ relevance, tieEnds }) => 1 / (tieEnds[relevance.findIndex((of) => of > 0)] ?? Number.NaN),
});
