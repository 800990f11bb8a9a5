/** The candidate nearest to a mistyped word, or undefined when none is near enough to be meant. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const furthest = Math.max(1, Math.floor(Math.min(word.length, 30) / 3));
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= furthest)
    .map((candidate) => ({ candidate, distance: editDistance(fold(word), fold(candidate)) }))
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** A sentence to append to an error, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = closest(word, candidates);
  return nearest === undefined ? "" : `Did you mean "${nearest}"?`;
}

const fold = (word: string): string => word.toLowerCase().replaceAll("_", "-");

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each at most once per place. */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
