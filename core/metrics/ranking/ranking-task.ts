import type { Task } from "../task.ts";
import { map } from "./map.ts";
import { mrr } from "./mrr.ts";
import { NDCG_METRICS } from "./ndcg.ts";
import type { RankingMetric, RankingRows } from "./ranking-rows.ts";

/** Every metric of a ranking. A new metric is a file and a line here. */
export const RANKING_METRICS: readonly RankingMetric[] = [...NDCG_METRICS, map, mrr];

export const rankingTask: Task<RankingRows> = {
  name: "ranking",
  metrics: () => RANKING_METRICS,
  units: ({ starts }) => Math.max(0, starts.length - 1),
  part,
  closedForm: () => undefined,
};

function part({ relevance, scores, starts }: RankingRows, queries: Uint32Array): RankingRows {
  const newStarts = new Uint32Array(queries.length + 1);
  for (const [at, query] of queries.entries())
    newStarts[at + 1] = (newStarts[at] ?? 0) + (starts[query + 1] ?? 0) - (starts[query] ?? 0);
  const rows = newStarts[queries.length] ?? 0;
  const taken = { relevance: new Float64Array(rows), scores: new Float64Array(rows), starts: newStarts };
  for (const [at, query] of queries.entries()) {
    const place = newStarts[at] ?? 0;
    taken.relevance.set(relevance.subarray(starts[query], starts[query + 1]), place);
    taken.scores.set(scores.subarray(starts[query], starts[query + 1]), place);
  }
  return taken;
}
