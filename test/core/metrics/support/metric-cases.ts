import type { BinaryRows } from "#core/metrics/binary/binary-rows";
import type { GroupedRows } from "#core/metrics/fairness/group-rates";
import type { Weights } from "#core/metrics/metric";
import type { MulticlassRows } from "#core/metrics/multiclass/multiclass-rows";
import type { RankingRows } from "#core/metrics/ranking/ranking-rows";
import type { RegressionRows } from "#core/metrics/regression/regression-rows";
import { readFixture } from "./read-fixture.ts";

/** Some rows under one weighting, with the reference's value of each metric; null where it has none. */
export interface MetricCase<Rows> {
  readonly name: string;
  readonly weighting: string;
  readonly rows: Rows;
  readonly weights: Weights;
  readonly expected: Readonly<Record<string, number | null>>;
}

interface StoredCase<Stored> {
  readonly name: string;
  readonly rows: Stored;
  readonly answers: readonly {
    readonly weighting: string;
    readonly weights: readonly number[] | null;
    readonly metrics: Readonly<Record<string, number | null>>;
  }[];
}

/** As JSON has them: plain lists of numbers. */
type Stored<Rows> = {
  readonly [Key in keyof Rows]: Rows[Key] extends readonly string[] ? Rows[Key] : readonly number[];
};

function read<Rows>(file: string, parse: (stored: Stored<Rows>) => Rows): readonly MetricCase<Rows>[] {
  return readFixture<readonly StoredCase<Stored<Rows>>[]>(file).flatMap(({ name, rows, answers }) =>
    answers.map(({ weighting, weights, metrics }) => ({
      name,
      weighting,
      rows: parse(rows),
      weights: weights === null ? undefined : Float64Array.from(weights),
      expected: metrics,
    })),
  );
}

export const BINARY_CASES = read<BinaryRows>("binary.json", ({ labels, scores }) => ({
  labels: Uint8Array.from(labels),
  scores: Float64Array.from(scores),
}));

export const MULTICLASS_CASES = read<MulticlassRows>("multiclass.json", ({ classes, labels, probabilities }) => ({
  classes,
  labels: Int32Array.from(labels),
  probabilities: Float64Array.from(probabilities),
}));

export const REGRESSION_CASES = read<RegressionRows>("regression.json", ({ targets, predictions }) => ({
  targets: Float64Array.from(targets),
  predictions: Float64Array.from(predictions),
}));

export const RANKING_CASES = read<RankingRows>("ranking.json", ({ relevance, scores, starts }) => ({
  relevance: Float64Array.from(relevance),
  scores: Float64Array.from(scores),
  starts: Uint32Array.from(starts),
}));

export const FAIRNESS_CASES = read<GroupedRows>("fairness.json", ({ labels, scores, groups, groupOf }) => ({
  labels: Uint8Array.from(labels),
  scores: Float64Array.from(scores),
  groups,
  groupOf: Uint32Array.from(groupOf),
}));
