/**
 * Rows that would settle whether the gain lies above or below the limit, if the estimate stays where it is: an
 * interval shrinks with the square root of the rows. Null when the estimate sits on the limit or the answer is beyond
 * any holdout.
 */
export function rowsNeeded(
  gain: { readonly lower: number; readonly estimate: number; readonly upper: number },
  limit: number,
  rows: number,
): number | null {
  const distance = gain.estimate - limit;
  const reach = distance > 0 ? gain.estimate - gain.lower : gain.upper - gain.estimate;
  if (distance === 0) return null;
  const needed = Math.ceil(rows * (reach / distance) ** 2);
  return needed > LARGEST_HOLDOUT ? null : needed;
}

const LARGEST_HOLDOUT = 100_000_000;
