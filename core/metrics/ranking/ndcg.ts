import { queryMean } from "./query-mean.ts";
import type { Ranked } from "./ranking-rows.ts";

const discount = (place: number): number => 1 / Math.log2(place + 2);

/**
 * Normalised discounted cumulative gain of the first k places, the gain being the relevance; rows of equal score share
 * the mean gain of the places they span (scikit-learn's ndcg_score).
 * Sources: Järvelin & Kekäläinen 2002, ACM TOIS 20(4); McSherry & Najork 2008, ECIR, for ties.
 */
function linearNdcg(places: number) {
  return queryMean({
    name: `ndcg_${places}_linear`,
    title: `NDCG of the first ${places} (linear gain, ties averaged)`,
    perQuery: (ranked, ideal) => tieAveragedGain(ranked, places) / gainInOrder(ideal, places, (relevance) => relevance),
  });
}

/**
 * The same with the gain 2^relevance − 1; rows of equal score keep the order of the rows, so it depends on that order.
 * Source: Burges et al. 2005, Learning to Rank using Gradient Descent, ICML.
 */
function exponentialNdcg(places: number) {
  const gain = (relevance: number) => 2 ** relevance - 1;
  return queryMean({
    name: `ndcg_${places}_exp`,
    title: `NDCG of the first ${places} (exponential gain, ties in the order of the rows)`,
    perQuery: ({ relevance }, ideal) => gainInOrder(relevance, places, gain) / gainInOrder(ideal, places, gain),
  });
}

export const NDCG_METRICS = [linearNdcg(5), linearNdcg(10), exponentialNdcg(5), exponentialNdcg(10)];

function gainInOrder(relevance: Float64Array, places: number, gain: (relevance: number) => number): number {
  let total = 0;
  for (let place = 0; place < Math.min(places, relevance.length); place++)
    total += gain(relevance[place] ?? 0) * discount(place);
  return total;
}

function tieAveragedGain({ relevance, tieEnds }: Ranked, places: number): number {
  let total = 0;
  let start = 0;
  while (start < Math.min(places, relevance.length)) {
    const end = tieEnds[start] ?? relevance.length;
    let [gains, discounts] = [0, 0];
    for (let place = start; place < end; place++) {
      gains += relevance[place] ?? 0;
      if (place < places) discounts += discount(place);
    }
    total += (gains / (end - start)) * discounts;
    start = end;
  }
  return total;
}
