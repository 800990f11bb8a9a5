import { describe, expect, test } from "vitest";
import type { RankingRows } from "#core/metrics/ranking/ranking-rows";
import { RANKING_METRICS, rankingTask } from "#core/metrics/ranking/ranking-task";
import { expectClose } from "../support/close.ts";
import { describeMetrics } from "../support/metric-behaviour.ts";
import { RANKING_CASES } from "../support/metric-cases.ts";

const query = (relevance: number[], scores: number[]): RankingRows => ({
  relevance: Float64Array.from(relevance),
  scores: Float64Array.from(scores),
  starts: Uint32Array.of(0, relevance.length),
});
const measured = (name: string, relevance: number[], scores: number[]) =>
  RANKING_METRICS.find((one) => one.name === name)!.prepare(query(relevance, scores))();

describe("ranking", () => {
  describeMetrics({ metrics: RANKING_METRICS, cases: RANKING_CASES, task: rankingTask });
});

test.each([
  ["a score that is not a number", query([1, 0, 2], [0.1, Number.NaN, 0.3])],
  ["an infinite score", query([1, 0, 2], [0.1, Number.POSITIVE_INFINITY, 0.3])],
  ["a relevance that is not a number", query([1, Number.NaN, 2], [0.1, 0.2, 0.3])],
  ["a negative relevance", query([1, -1, 2], [0.1, 0.2, 0.3])],
])("no metric has a value with %s", (_, broken) => {
  for (const { prepare } of RANKING_METRICS) expect(prepare(broken)()).toBeUndefined();
});

test("a query without a relevant row counts 0, not nothing", () => {
  const rows = { ...query([1, 0, 0, 0], [0.9, 0.1, 0.9, 0.1]), starts: Uint32Array.of(0, 2, 4) };
  for (const { prepare } of RANKING_METRICS) expect(prepare(rows)()).toBe(0.5);
});

// Within a query, other than the properties above which move whole queries.
test.each(RANKING_METRICS.filter(({ name }) => !name.endsWith("_exp")))(
  "$name does not depend on the order of a query's rows",
  ({ prepare }) => {
    for (const { rows } of RANKING_CASES) {
      const { relevance, scores, starts } = rows;
      const mirrored = (values: Float64Array) => {
        const turned = values.slice();
        for (let at = 0; at + 1 < starts.length; at++) turned.subarray(starts[at], starts[at + 1]).reverse();
        return turned;
      };
      expectClose(
        prepare({ relevance: mirrored(relevance), scores: mirrored(scores), starts })(),
        prepare(rows)() ?? null,
      );
    }
  },
);

test("exponential NDCG reads equal scores in the order of the rows", () => {
  expect(measured("ndcg_5_exp", [1, 0], [0.5, 0.5])).toBe(1);
  expect(measured("ndcg_5_exp", [0, 1], [0.5, 0.5])).toBeCloseTo(1 / Math.log2(3), 12);
});

test("linear NDCG averages equal scores: both orders are worth the same", () => {
  const either = (1 + 1 / Math.log2(3)) / 2;
  expect(measured("ndcg_5_linear", [1, 0], [0.5, 0.5])).toBeCloseTo(either, 12);
  expect(measured("ndcg_5_linear", [0, 1], [0.5, 0.5])).toBeCloseTo(either, 12);
});

test("the reciprocal rank of a relevant row that ties is that of the last of them", () => {
  expect(measured("mrr", [0, 1, 0, 0], [0.9, 0.5, 0.5, 0.1])).toBeCloseTo(1 / 3, 12);
});

test("some queries in another order keep their rows", () => {
  const rows = { ...query([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), starts: Uint32Array.of(0, 2, 3, 5) };
  expect(rankingTask.part(rows, Uint32Array.of(2, 0, 2))).toEqual({
    relevance: Float64Array.of(4, 5, 1, 2, 4, 5),
    scores: Float64Array.of(9, 10, 6, 7, 9, 10),
    starts: Uint32Array.of(0, 2, 4, 6),
  });
});
