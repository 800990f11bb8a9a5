import { describe, expect, test } from "vitest";
import { delong } from "#core/metrics/paired/delong";
import { expectClose } from "../support/close.ts";
import { PAIRED_CASES, pairedRows } from "../support/paired-cases.ts";

const tested = PAIRED_CASES.filter((stored) => stored.delong !== null);
const untested = PAIRED_CASES.filter((stored) => stored.delong === null);

describe("DeLong's test", () => {
  test.each(tested)("agrees with the pairwise definition on $name", ({ rows, delong: expected }) => {
    const result = delong(rows)!;
    expectClose(result.estimate, expected!.estimate);
    expectClose(result.statistic, expected!.statistic);
    expectClose(result.pValue, expected!.pValue);
    for (const [level, [lower, upper]] of Object.entries(expected!.intervals)) {
      expectClose(result.interval(Number(level)).lower, lower);
      expectClose(result.interval(Number(level)).upper, upper);
    }
  });

  test.each(untested)("has no answer on $name", ({ rows }) => {
    expect(delong(rows)).toBeUndefined();
  });

  test("has no answer without rows", () => {
    expect(delong(pairedRows({ labels: [], candidate: [], baseline: [] }))).toBeUndefined();
  });

  test("changes its sign, and nothing else, when the models change places", () => {
    const { candidate, baseline } = PAIRED_CASES[0]!.rows;
    const there = delong({ candidate, baseline })!;
    const back = delong({ candidate: baseline, baseline: candidate })!;
    expectClose(back.estimate, -there.estimate);
    expectClose(back.pValue, there.pValue);
    expectClose(back.interval(0.9).lower, -there.interval(0.9).upper);
  });

  test("finds no difference, and no p, between a model and itself", () => {
    const { candidate } = PAIRED_CASES[0]!.rows;
    expect(delong({ candidate, baseline: candidate })).toMatchObject({
      estimate: 0,
      statistic: null,
      pValue: null,
    });
  });
});
