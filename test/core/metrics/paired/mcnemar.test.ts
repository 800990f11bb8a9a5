import { describe, expect, test } from "vitest";
import type { BinaryRows } from "#core/metrics/binary/binary-rows";
import { mcnemar } from "#core/metrics/paired/mcnemar";
import type { Paired } from "#core/metrics/paired/paired";
import { expectClose } from "../support/close.ts";
import { pairedRows } from "../support/paired-cases.ts";
import { readFixture } from "../support/read-fixture.ts";

interface Case {
  readonly won: number;
  readonly lost: number;
  readonly rows: number;
  readonly estimate: number;
  readonly pValue: number;
  readonly intervals: Readonly<Record<string, [number, number]>>;
}

const cases = readFixture<readonly Case[]>("mcnemar.json");

describe("McNemar's exact test", () => {
  test.each(cases)("of $won against $lost in $rows rows agrees with statsmodels", (expected) => {
    const result = mcnemar(discordant(expected))!;
    expectClose(result.estimate, expected.estimate);
    expect(Math.abs(result.pValue! - expected.pValue)).toBeLessThanOrEqual(1e-9 * expected.pValue);
  });

  test("gives the published p of 16 against 28: 0.0961", () => {
    expect(mcnemar(discordant({ won: 16, lost: 28, rows: 500 }))!.pValue!.toFixed(4)).toBe("0.0961");
  });

  test("has no answer without rows", () => {
    expect(mcnemar(pairedRows({ labels: [], candidate: [], baseline: [] }))).toBeUndefined();
  });
});

describe("Tango's interval", () => {
  const levels = cases.flatMap((stored) =>
    Object.entries(stored.intervals).map(([level, bounds]) => ({ ...stored, level: Number(level), bounds })),
  );

  test.each(levels)("of $won against $lost in $rows rows at $level is where the score test ends", (expected) => {
    const { lower, upper } = mcnemar(discordant(expected))!.interval(expected.level);
    expectClose(lower, expected.bounds[0]);
    expectClose(upper, expected.bounds[1]);
  });

  test("without a discordant row is Wilson's: z²/(n + z²) on both sides", () => {
    const { lower, upper } = mcnemar(discordant({ won: 0, lost: 0, rows: 50 }))!.interval(0.95);
    const z2 = 1.959963984540054 ** 2;
    expectClose(upper, z2 / (50 + z2));
    expectClose(lower, -z2 / (50 + z2));
  });
});

/** Rows of which only the candidate decides `won` rightly and only the baseline `lost`; the rest both. */
function discordant({ won, lost, rows }: Pick<Case, "won" | "lost" | "rows">): Paired<BinaryRows> {
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  const scored = (wrong: (row: number) => boolean) =>
    Float64Array.from(labels, (label, row) => (wrong(row) === (label === 1) ? 0.1 : 0.9));
  return {
    candidate: { labels, scores: scored((row) => row >= won && row < won + lost) },
    baseline: { labels, scores: scored((row) => row < won) },
  };
}
