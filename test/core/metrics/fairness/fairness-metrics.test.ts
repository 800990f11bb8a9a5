import { describe, expect, test } from "vitest";
import { fairnessMetrics } from "#core/metrics/fairness/fairness-metrics";
import { type GroupedRows, prepareGroupRates } from "#core/metrics/fairness/group-rates";
import { describeMetrics } from "../support/metric-behaviour.ts";
import { FAIRNESS_CASES } from "../support/metric-cases.ts";

const task = {
  units: ({ labels }: GroupedRows) => labels.length,
  part: ({ labels, scores, groups, groupOf }: GroupedRows, units: Uint32Array): GroupedRows => ({
    labels: Uint8Array.from(units, (row) => labels[row]!),
    scores: Float64Array.from(units, (row) => scores[row]!),
    groups,
    groupOf: units.map((row) => groupOf[row]!),
  }),
};

// North: 2 of 4 chosen. South: 1 of 4. West: one row, chosen.
const rows: GroupedRows = {
  labels: Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0, 1),
  scores: Float64Array.of(0.9, 0.2, 0.8, 0.1, 0.7, 0.1, 0.3, 0.2, 0.9),
  groups: ["north", "south", "west"],
  groupOf: Uint32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2),
};

describe("fairness", () => {
  describeMetrics({ metrics: fairnessMetrics(1), cases: FAIRNESS_CASES, task });
});

test("groups below the minimum are left out of the gaps and named", () => {
  const values = fairnessMetrics(2).map(({ name, prepare }) => [name, prepare(rows)()]);
  expect(Object.fromEntries(values)).toEqual({
    demographic_parity_difference: 0.25,
    demographic_parity_ratio: 0.5,
    equalized_odds_difference: 0.5,
  });
  expect(prepareGroupRates(rows, 2)?.()).toEqual([
    { group: "north", rows: 4, tooFew: false, selectionRate: 0.5, truePositiveRate: 0.5, falsePositiveRate: 0.5 },
    { group: "south", rows: 4, tooFew: false, selectionRate: 0.25, truePositiveRate: 0.5, falsePositiveRate: 0 },
    { group: "west", rows: 1, tooFew: true, selectionRate: 1, truePositiveRate: 1, falsePositiveRate: 0 },
  ]);
});

test.each(fairnessMetrics(5))("$name has no value while every group is too small", ({ prepare }) => {
  expect(prepare(rows)()).toBeUndefined();
});

test.each(fairnessMetrics(1))("$name is undefined with a score that is not a number", ({ prepare }) => {
  expect(prepare({ ...rows, scores: rows.scores.with(3, Number.NaN) })()).toBeUndefined();
});
