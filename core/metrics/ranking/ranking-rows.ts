import type { Metric } from "../metric.ts";
import { remembered } from "../remembered.ts";
import { stepsOf } from "../score-steps.ts";

/** Rows sorted by query. What is weighted and drawn is the query. */
export interface RankingRows {
  /** From 0, not relevant at all. */
  readonly relevance: Float64Array;
  readonly scores: Float64Array;
  /** Where each query's rows start, and one more entry: the number of rows. */
  readonly starts: Uint32Array;
}

export type RankingMetric = Metric<RankingRows>;

/** A query's relevances from the best place to the last, and the end of the run of equal scores each lies in. */
export interface Ranked {
  readonly relevance: Float64Array;
  /** One past the last place of equal score, by place. */
  readonly tieEnds: Uint32Array;
}

/** Each query as the scores rank it; rows of equal score in their order. */
export const rankedQueries = remembered((rows: RankingRows): readonly Ranked[] => {
  const { relevance, scores, starts } = rows;
  const order = placesByQuery(scores, starts);
  const ordered = Float64Array.from(order, (row) => relevance[row] ?? 0);
  const tieEnds = new Uint32Array(order.length);
  return Array.from({ length: starts.length - 1 }, (_, query) => {
    const [start, end] = [starts[query] ?? 0, starts[query + 1] ?? 0];
    for (let at = end - 1; at >= start; at--) {
      const isTied = at + 1 < end && scores[order[at] ?? 0] === scores[order[at + 1] ?? 0];
      tieEnds[at] = isTied ? (tieEnds[at + 1] ?? 0) : at + 1 - start;
    }
    return { relevance: ordered.subarray(start, end), tieEnds: tieEnds.subarray(start, end) };
  });
});

/** Each query's relevances from the highest to the lowest: the ranking nothing can beat. */
export const idealQueries = remembered(({ relevance, starts }: RankingRows): readonly Float64Array[] =>
  Array.from({ length: starts.length - 1 }, (_, query) =>
    relevance
      .slice(starts[query], starts[query + 1])
      .sort()
      .reverse(),
  ),
);

/** Row numbers, query by query, each from the highest value to the lowest and equal ones in the order of the rows. */
function placesByQuery(values: Float64Array, starts: Uint32Array): Uint32Array {
  const queryOf = new Uint32Array(values.length);
  for (let query = 0; query + 1 < starts.length; query++) queryOf.fill(query, starts[query], starts[query + 1]);
  const next = starts.slice();
  const places = new Uint32Array(values.length);
  const { order, ends } = stepsOf(values);
  for (let step = ends.length - 1; step >= 0; step--) {
    for (let at = ends[step - 1] ?? 0; at < (ends[step] ?? 0); at++) {
      const row = order[at] ?? 0;
      const query = queryOf[row] ?? 0;
      const place = next[query] ?? 0;
      places[place] = row;
      next[query] = place + 1;
    }
  }
  return places;
}
