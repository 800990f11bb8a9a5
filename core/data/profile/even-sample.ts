/**
 * At most `size` of the ascending values, at the ranks (i + ½)·n/size. No chance is involved: the share of the sample
 * at or below any x is within 1/(2·size) of the share of all rows, ties or not (`sampleErrorBound`).
 *
 * Proof: with k of n rows at or below x, the sample has as many as there are i with (i + ½)·n/size < k, which is
 * k·size/n rounded, so both shares differ by at most half a step of 1/size.
 */
export function evenSample(sorted: Float64Array, size: number): Float64Array {
  if (sorted.length <= size) return sorted;
  return Float64Array.from(
    { length: size },
    (_, i) => sorted[Math.floor(((2 * i + 1) * sorted.length) / (2 * size))] ?? 0,
  );
}

/** The most by which a distance D against the sample can differ from D against all rows; 0 when all are in it. */
export function sampleErrorBound(rows: number, sampled: number): number {
  return rows <= sampled ? 0 : 1 / (2 * sampled);
}
