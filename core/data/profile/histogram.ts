import { HISTOGRAM_BINS } from "./profile-size.ts";

export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: number[];
}

/** 256 bins of equal width from the smallest to the largest of the ascending values; one value alone fills the first. */
export function histogram(sorted: Float64Array): Histogram {
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 0;
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  // Halves, since the width of a column from −10³⁰⁸ to 10³⁰⁸ is not a number.
  const half = high / 2 - low / 2;
  for (const value of sorted) {
    const share = half > 0 ? (value / 2 - low / 2) / half : 0;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor(share * HISTOGRAM_BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { low, high, counts };
}
