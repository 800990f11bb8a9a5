const PI2 = Math.PI ** 2;

/**
 * P(D ≤ d) of the two-sided one-sample Kolmogorov–Smirnov statistic of many rows: Kolmogorov's limit and three
 * corrections in 1/√n, in the form that converges for small d·√n.
 * Source: Pelz & Good 1976, Journal of the Royal Statistical Society B 38(2); Simard & L'Ecuyer 2011, eq. 9–13.
 */
export function pelzGoodCdf(d: number, n: number): number {
  const z = d * Math.sqrt(n);
  if (PI2 / (8 * z * z) > 708) return 0;
  const sums = oddSums(z);
  const squares = wholeSums(z);
  const root = Math.sqrt(2 * Math.PI);
  const k0 = (root / z) * sums.k0;
  const k1 = (root / (6 * z ** 4)) * sums.k1;
  const k2 = (root / (72 * z ** 7)) * sums.k2 - ((root * PI2) / (36 * z ** 3)) * squares.k2;
  const k3 = (root / (6480 * z ** 10)) * sums.k3 + ((root * PI2) / (216 * z ** 6)) * squares.k3;
  return k0 + k1 / Math.sqrt(n) + k2 / n + k3 / n ** 1.5;
}

const TERMS = 24;

function oddSums(z: number): { k0: number; k1: number; k2: number; k3: number } {
  const [z2, z4, z6, z8] = [z ** 2, z ** 4, z ** 6, z ** 8];
  const sums = { k0: 0, k1: 0, k2: 0, k3: 0 };
  for (let m = 1; m < 2 * TERMS; m += 2) {
    const a = (PI2 * m * m) / 4;
    const weight = Math.exp(-a / (2 * z2));
    sums.k0 += weight;
    sums.k1 += (a - z2) * weight;
    sums.k2 += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * a + (1 - 2 * z2) * a * a) * weight;
    sums.k3 +=
      (-30 * z6 - 90 * z8 + (135 * z4 - 96 * z6) * a + (212 * z4 - 60 * z2) * a * a + (5 - 30 * z2) * a ** 3) * weight;
  }
  return sums;
}

function wholeSums(z: number): { k2: number; k3: number } {
  const sums = { k2: 0, k3: 0 };
  for (let k = 1; k <= TERMS; k++) {
    const weight = k * k * Math.exp(-(PI2 * k * k) / (2 * z * z));
    sums.k2 += weight;
    sums.k3 += (3 * z * z - PI2 * k * k) * weight;
  }
  return sums;
}
