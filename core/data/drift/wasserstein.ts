/**
 * Wasserstein-1 distance ∫|F − G| between two samples in ascending order, in the column's own unit.
 * Source: Vallender 1974, Theory of Probability and its Applications 18(4); as scipy.stats.wasserstein_distance.
 */
export function wasserstein(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let [i, j] = [0, 0];
  let last = Math.min(a[0] ?? 0, b[0] ?? 0);
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    sum += Math.abs(i / a.length - j / b.length) * (value - last);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    last = value;
  }
  return sum;
}
