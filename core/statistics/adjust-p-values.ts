/**
 * Benjamini & Hochberg's adjusted p-values, in the order given: rejecting those at most q keeps the expected share of
 * false discoveries at q when the tests are independent or positively dependent.
 * Source: Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57(1).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  for (const [fromTop, at] of ascending(pValues).reverse().entries()) {
    const rank = pValues.length - fromTop;
    smallest = Math.min(smallest, (pValues[at] ?? 1) * (pValues.length / rank));
    adjusted[at] = smallest;
  }
  return adjusted;
}

/**
 * Holm's adjusted p-values, in the order given: rejecting those at most α keeps the chance of any false rejection at α,
 * whatever the dependence.
 * Source: Holm 1979, Scandinavian Journal of Statistics 6(2).
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, at] of ascending(pValues).entries()) {
    largest = Math.max(largest, Math.min(1, (pValues[at] ?? 1) * (pValues.length - rank)));
    adjusted[at] = largest;
  }
  return adjusted;
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, at) => at).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
}
