import { describe, expect, test } from "vitest";
import { averagePrecision } from "#core/metrics/binary/average-precision";
import { BINARY_METRICS } from "#core/metrics/binary/binary-task";
import { brier } from "#core/metrics/binary/brier";
import { pairedBootstrap } from "#core/metrics/paired/paired-bootstrap";
import { seededRandom } from "#core/random";
import { expectClose } from "../support/close.ts";
import { pairedRows } from "../support/paired-cases.ts";
import { readFixture } from "../support/read-fixture.ts";

interface Reference {
  readonly labels: readonly number[];
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
  readonly intervals: readonly {
    readonly metric: string;
    readonly interval: [number, number];
    readonly seeded: [number, number];
    readonly spread: number;
  }[];
}

const reference = readFixture<Reference>("bootstrap.json");
const rows = pairedRows(reference);
const units = reference.labels.length;

// The standard error of a 2.5 % quantile of 1,000 normal draws is 2.67/√1000 of their spread, of 4,000 half of that:
// together 0.094. Four of them.
const MONTE_CARLO = 0.38;

describe("the paired bootstrap", () => {
  test.each(reference.intervals)("of $metric agrees with numpy's within Monte-Carlo error", (expected) => {
    const metric = BINARY_METRICS.find(({ name }) => name === expected.metric)!;
    const { lower, upper } = pairedBootstrap(metric, rows, units)!.interval(0.95);
    expect(Math.abs(lower - expected.interval[0])).toBeLessThan(MONTE_CARLO * expected.spread);
    expect(Math.abs(upper - expected.interval[1])).toBeLessThan(MONTE_CARLO * expected.spread);
    expect(upper - lower).toBeGreaterThan(3 * expected.spread);
  });

  test.each(reference.intervals)("of $metric is numpy's to the last digits on the same draws", ({ metric, seeded }) => {
    const { lower, upper } = pairedBootstrap(
      BINARY_METRICS.find(({ name }) => name === metric)!,
      rows,
      units,
    )!.interval(0.95);
    expectClose(lower, seeded[0]);
    expectClose(upper, seeded[1]);
  });

  test("gives the same numbers every time, and names the seed that gives them", () => {
    const [first, second] = [pairedBootstrap(brier, rows, units)!, pairedBootstrap(brier, rows, units)!];
    expect(second.interval(0.9)).toEqual(first.interval(0.9));
    expect(first.method).toMatch(/1000 resamples, seed \d+/);
  });

  test("keeps the models on the same rows: a model against itself differs nowhere", () => {
    const same = { ...rows, baseline: rows.candidate };
    expect(pairedBootstrap(brier, same, units)!.interval(0.95)).toEqual({ lower: 0, upper: 0 });
    expect(pairedBootstrap(averagePrecision, same, units)!.interval(0.95)).toEqual({ lower: 0, upper: 0 });
  });

  test("has no answer where the metric has none", () => {
    expect(pairedBootstrap(brier, pairedRows({ labels: [], candidate: [], baseline: [] }), 0)).toBeUndefined();
    const negatives = pairedRows({ labels: [0, 0, 0], candidate: [0.1, 0.2, 0.3], baseline: [0.1, 0.1, 0.1] });
    expect(pairedBootstrap(averagePrecision, negatives, 3)).toBeUndefined();
  });
});

describe("seeded chance", () => {
  test("is Mulberry32: the published first numbers of seed 1", () => {
    const random = seededRandom(1);
    expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  test("stays in [0, 1) and differs by seed", () => {
    const draws = Array.from({ length: 10_000 }, seededRandom(7));
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(Math.abs(draws.reduce((sum, draw) => sum + draw, 0) / draws.length - 0.5)).toBeLessThan(0.02);
    expect(seededRandom(8)()).not.toBe(seededRandom(7)());
  });
});
