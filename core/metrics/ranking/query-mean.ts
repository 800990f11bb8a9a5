import { isAllFinite } from "../finite.ts";
import { type RowMeanMetric, rowMeanMetric } from "../row-mean.ts";
import { idealQueries, type Ranked, type RankingRows, rankedQueries } from "./ranking-rows.ts";

export interface QueryMean {
  readonly name: string;
  readonly title: string;
  /** Of one query that has a relevant row. */
  readonly perQuery: (ranked: Ranked, ideal: Float64Array) => number;
}

/**
 * A metric of rankings that is the mean over queries. A query without a relevant row counts 0: no order of its rows is
 * worth anything. Undefined where a number is not finite or a relevance is negative.
 */
export function queryMean({ name, title, perQuery }: QueryMean): RowMeanMetric<RankingRows> {
  const perUnit = (rows: RankingRows) => {
    const values = new Float64Array(Math.max(0, rows.starts.length - 1));
    const { relevance, scores } = rows;
    if (!isAllFinite(relevance) || !isAllFinite(scores) || relevance.some((of) => of < 0))
      return values.fill(Number.NaN);
    const [ranked, ideal] = [rankedQueries(rows), idealQueries(rows)];
    return values.map((_, query) => {
      const [places, best] = [ranked[query], ideal[query]];
      return places !== undefined && best !== undefined && (best[0] ?? 0) > 0 ? perQuery(places, best) : 0;
    });
  };
  return rowMeanMetric({ name, title, direction: "higher-is-better", perUnit });
}
