import { normalQuantile } from "./normal.ts";
import { deviance, stirlingError } from "./stirling-error.ts";

/**
 * P(X ≥ x) of the chi-square distribution with `dof` degrees of freedom: the regularised upper incomplete gamma
 * function Q(dof/2, x/2). Agrees with scipy.stats.chi2.sf to 1e-9 relative.
 * Source: Abramowitz & Stegun 26.4.19, 6.5.29 (series) and 6.5.31 (continued fraction).
 */
export function chiSquareSurvival(x: number, dof: number): number {
  if (!(dof > 0)) throw new RangeError(`no chi-square distribution with ${dof} degrees of freedom`);
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  return upperGamma(dof / 2, x / 2);
}

/** The x with chiSquareSurvival(x, dof) = tail, by halving from the Wilson–Hilferty start. */
export function chiSquareCritical(tail: number, dof: number): number {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`no chi-square value with a tail of ${tail}`);
  const z = -normalQuantile(tail);
  let high = dof * Math.max(0.1, 1 - 2 / (9 * dof) + z * Math.sqrt(2 / (9 * dof))) ** 3;
  while (chiSquareSurvival(high, dof) > tail) high *= 2;
  let low = 0;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle, dof) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function upperGamma(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

// x^a·e^(−x)/Γ(a + 1), as a Poisson term: its logarithm is a sum of small numbers only.
function poissonTerm(a: number, x: number): number {
  return Math.exp(-deviance(a, x) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
}

function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return poissonTerm(a, x) * sum;
}

// Lentz's evaluation of 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)).
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 100_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / nonZero(step * d + b);
    c = nonZero(b + step / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return poissonTerm(a, x) * a * fraction;
}

const TINY = 1e-300;

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
