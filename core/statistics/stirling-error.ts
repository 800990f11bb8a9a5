/**
 * log Γ(a + 1) − [(a + ½)·log a − a + ½·log 2π] for a > 0: what Stirling's formula leaves out. Keeping it apart is what
 * lets a binomial or Poisson term be computed without cancelling logarithms of factorials.
 * Source: Loader 2000, Fast and accurate computation of binomial probabilities; Abramowitz & Stegun 6.1.41.
 */
export function stirlingError(a: number): number {
  if (a < SERIES_FROM) return stirlingError(a + 1) + (a + 0.5) * Math.log1p(1 / a) - 1;
  const square = 1 / (a * a);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / a;
}

// From here on the series' next term is below 1e-16.
const SERIES_FROM = 16;

/** x − y + y·log(y/x): the deviance of y from x, without cancellation when the two are close. */
export function deviance(y: number, x: number): number {
  if (y === 0) return x;
  const share = (x - y) / y;
  return Math.abs(share) < 0.1 ? y * minusLog1p(share) : x - y - y * Math.log(x / y);
}

// t − log(1 + t) by its series 2·s·(…) in s = t/(2 + t), |t| < 0.1.
function minusLog1p(t: number): number {
  const s = t / (2 + t);
  const square = s * s;
  let power = s * square;
  let tail = 0;
  for (let k = 3; Math.abs(power) > 1e-18 * Math.abs(t); k += 2) {
    tail += (2 * power) / k;
    power *= square;
  }
  // t − 2s = t²/(2 + t).
  return (t * t) / (2 + t) - tail;
}
