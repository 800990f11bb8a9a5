/**
 * Jensen–Shannon distance in base 2: the root of the mean of both Kullback–Leibler divergences from the middle, in
 * [0, 1]; 1 when no category is shared. Agrees with scipy.spatial.distance.jensenshannon(p, q, base=2).
 * Source: Endres & Schindelin 2003, IEEE Transactions on Information Theory 49(7).
 */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  const [n, m] = [total(reference), total(current)];
  let divergence = 0;
  for (const [at, count] of reference.entries()) {
    const p = count / n;
    const q = (current[at] ?? 0) / m;
    divergence += (entropyPart(p, (p + q) / 2) + entropyPart(q, (p + q) / 2)) / 2;
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}

function entropyPart(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log2(share / middle);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
