import { describe, expect, test } from "vitest";
import { judge } from "#core/judge/judge";
import { rowsNeeded } from "#core/judge/rows-needed";
import type { BinaryRows } from "#core/metrics/binary/binary-rows";
import { delong } from "#core/metrics/paired/delong";
import type { Paired } from "#core/metrics/paired/paired";
import { seededRandom } from "#core/random";
import { comparison, evidence } from "#test/support/builders/evidence";
import { gate } from "#test/support/builders/gate";

describe("rows needed", () => {
  test.each([
    [{ lower: -0.03, estimate: 0.01, upper: 0.05 }, -0.01, 4_000],
    [{ lower: -0.05, estimate: -0.02, upper: 0.01 }, -0.01, 9_000],
    [{ lower: -0.01, estimate: 0.01, upper: 0.03 }, -0.01, 1_000],
  ])("are those at which an interval as wide as √n allows ends at the limit: %j against %d", (gain, limit, rows) => {
    expect(rowsNeeded(gain, limit, 1_000)).toBeCloseTo(rows, -1);
  });

  test("are none when the estimate sits on the limit: no number of rows settles it", () => {
    expect(rowsNeeded({ lower: -0.03, estimate: -0.01, upper: 0.01 }, -0.01, 1_000)).toBeNull();
  });

  test("are none beyond any holdout", () => {
    expect(rowsNeeded({ lower: -0.5, estimate: -0.009_999_9, upper: 0.5 }, -0.01, 1_000)).toBeNull();
  });

  test("settle the rule: at the same effect the bound crosses the limit with them, not with half of them", () => {
    const [rows, limit] = [600, -0.01];
    const few = boundsOf(tiled(rows));
    const inconclusive = judge(
      evidence({ comparisons: [comparison({ gain: few, rows })], holdout: { rows, positives: 200 } }),
      gate(),
    ).outcomes[0]!;
    expect(inconclusive.outcome).toBe("inconclusive");
    const needed = inconclusive.rowsNeeded!;
    expect(boundsOf(tiled(Math.round(needed * 1.05))).lower).toBeGreaterThan(limit);
    expect(boundsOf(tiled(Math.round(needed * 0.9))).lower).toBeLessThan(limit);
  });
});

describe("a shortage", () => {
  test("of rows asks for the minimum", () => {
    expect(judge(evidence({ holdout: { rows: 60, positives: 30 } }), gate()).outcomes[0]?.rowsNeeded).toBe(100);
  });

  test("of positives asks for more rows than there are", () => {
    const short = judge(evidence({ holdout: { rows: 1_000, positives: 5 } }), gate()).outcomes[0]!;
    expect(short.rowsNeeded === null || short.rowsNeeded > 1_000, `asks for ${short.rowsNeeded}`).toBe(true);
  });
});

/** One and the same sample of 600 rows over and over, so that more rows change the width and nothing else. */
function tiled(rows: number): Paired<BinaryRows> {
  const random = seededRandom(11);
  const noise = () => random() + random() + random() - 1.5;
  const sample = Array.from({ length: 600 }, (_, row) => {
    const label = row % 3 === 0 ? 1 : 0;
    const shared = label + noise();
    return { label, candidate: shared + 0.35 * noise(), baseline: shared + 0.35 * noise() };
  });
  const at = (row: number) => sample[row % sample.length]!;
  const labels = Uint8Array.from({ length: rows }, (_, row) => at(row).label);
  const scored = (side: "candidate" | "baseline") => Float64Array.from({ length: rows }, (_, row) => at(row)[side]);
  return { candidate: { labels, scores: scored("candidate") }, baseline: { labels, scores: scored("baseline") } };
}

function boundsOf(paired: Paired<BinaryRows>) {
  const test = delong(paired)!;
  return { ...test.interval(0.9), estimate: test.estimate };
}
