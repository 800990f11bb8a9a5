/**
 * The standard normal distribution. The tail follows Φ(−x) = ½·erfc(x/√2) with erfc by the continued fraction and
 * series of Abramowitz & Stegun 7.1.5 and 7.1.14, taken to full double precision.
 */
export function normalCdf(x: number): number {
  const tail =
    x * x < 2 * SERIES_LIMIT ** 2
      ? 0.5 - 0.5 * erfSeries(Math.abs(x) / Math.SQRT2)
      : 0.5 * erfcFraction(Math.abs(x) / Math.SQRT2);
  return x < 0 ? tail : 1 - tail;
}

/** P(|Z| ≥ |z|). */
export function twoSidedP(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}

/** The z with normalCdf(z) = probability, by Newton steps from a rational start (Abramowitz & Stegun 26.2.23). */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`no normal quantile for ${probability}`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  let z = -(
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
  for (let step = 0; step < 4; step++) {
    z -= (normalCdf(z) - probability) / (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
  }
  return z;
}

const SERIES_LIMIT = 2;

// erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms positive, so nothing cancels.
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

// erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))), evaluated from the inside out.
function erfcFraction(x: number): number {
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
