export const MOST_CLASSES = 20;
const FEWEST_ROWS = 100;

/**
 * How much of the label a column's buckets tell: Theil's uncertainty coefficient U(label | bucket) = 1 − H(label |
 * bucket) / H(label), from 0 (nothing) to 1 (all of it). Chance alone adds about (buckets − 1)(classes − 1) / (2 · rows ·
 * H(label)). Null with one class, more than 20, or fewer than 100 rows.
 * Source: Theil 1970, American Journal of Sociology 76(1); Miller 1955 for the bias of an entropy.
 * @param joint rows per class within each bucket, in any order; rows without a label are left out
 */
export function labelTold(joint: Iterable<ReadonlyMap<string, number>>): number | null {
  const classes = new Map<string, number>();
  const within: number[] = [];
  for (const bucket of joint) {
    within.push(nats([...bucket.values()]));
    for (const [name, rows] of bucket) classes.set(name, (classes.get(name) ?? 0) + rows);
  }
  const counts = [...classes.values()].filter((rows) => rows > 0);
  if (counts.length < 2 || counts.length > MOST_CLASSES || sum(counts) < FEWEST_ROWS) return null;
  return Math.min(1, Math.max(0, 1 - sum(within) / nats(counts)));
}

/** Rows × entropy, in nats. */
function nats(counts: readonly number[]): number {
  const rows = sum(counts);
  return sum(counts.map((count) => (count > 0 ? count * Math.log(rows / count) : 0)));
}

/** Smallest first, so that the last digit does not depend on the order in which an engine counts. */
function sum(terms: readonly number[]): number {
  return [...terms].sort((a, b) => a - b).reduce((total, term) => total + term, 0);
}
