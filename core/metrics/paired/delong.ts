import { normalQuantile, twoSidedP } from "../../statistics/normal.ts";
import type { BinaryRows } from "../binary/binary-rows.ts";
import { midranks } from "../midranks.ts";
import type { Paired, PairedDifference } from "./paired.ts";

/**
 * DeLong's test of two correlated ROC AUCs, with the structural components taken from midranks in O(n log n).
 * Undefined with one class only, or with fewer than two rows of either class.
 * Sources: DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44(3); Sun & Xu 2014, IEEE Signal Processing Letters 21(11).
 */
export function delong(paired: Paired<BinaryRows>): PairedDifference | undefined {
  const candidate = components(paired.candidate);
  const baseline = components(paired.baseline);
  if (candidate.positive.length < 2 || candidate.negative.length < 2) return undefined;
  const estimate = mean(candidate.positive) - mean(baseline.positive);
  const positive = difference(candidate.positive, baseline.positive);
  const negative = difference(candidate.negative, baseline.negative);
  const standardError = Math.sqrt(variance(positive) / positive.length + variance(negative) / negative.length);
  const z = standardError === 0 ? null : estimate / standardError;
  return {
    method: "DeLong, paired",
    estimate,
    statistic: z,
    pValue: z === null ? null : twoSidedP(z),
    interval: (level) => {
      const reach = normalQuantile((1 + level) / 2) * standardError;
      return { lower: estimate - reach, upper: estimate + reach };
    },
  };
}

interface Components {
  /** For each positive row, the share of negatives it beats. */
  readonly positive: Float64Array;
  /** For each negative row, the share of positives that beat it. */
  readonly negative: Float64Array;
}

function components({ labels, scores }: BinaryRows): Components {
  const positives = scores.filter((_, row) => labels[row] === 1);
  const negatives = scores.filter((_, row) => labels[row] !== 1);
  const all = midranks(scores);
  const amongPositives = midranks(positives);
  const amongNegatives = midranks(negatives);
  const rankOf = (wanted: number) => all.filter((_, row) => (labels[row] === 1 ? 1 : 0) === wanted);
  return {
    positive: rankOf(1).map((rank, at) => (rank - (amongPositives[at] ?? 0)) / negatives.length),
    negative: rankOf(0).map((rank, at) => 1 - (rank - (amongNegatives[at] ?? 0)) / positives.length),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] ?? 0));
}

function variance(values: Float64Array): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}
