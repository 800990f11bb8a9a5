import type { BinaryRows } from "#core/metrics/binary/binary-rows";
import type { Paired } from "#core/metrics/paired/paired";
import { readFixture } from "./read-fixture.ts";

type Interval = readonly [number, number];

interface StoredRows {
  readonly labels: readonly number[];
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
}

interface StoredCase extends StoredRows {
  readonly name: string;
  readonly metrics: Record<"candidate" | "baseline", Readonly<Record<string, number | null>>>;
  readonly delong: {
    readonly estimate: number;
    readonly statistic: number | null;
    readonly pValue: number | null;
    readonly intervals: Readonly<Record<string, Interval>>;
  } | null;
}

export function pairedRows({ labels, candidate, baseline }: StoredRows): Paired<BinaryRows> {
  return { candidate: binaryRows(labels, candidate), baseline: binaryRows(labels, baseline) };
}

export function binaryRows(labels: readonly number[], scores: readonly number[]): BinaryRows {
  return { labels: Uint8Array.from(labels), scores: Float64Array.from(scores) };
}

/** Every shape of holdout with scikit-learn's and DeLong's answers. */
export const PAIRED_CASES = readFixture<readonly StoredCase[]>("paired-rows.json").map((stored) => {
  return { ...stored, rows: pairedRows(stored) };
});
