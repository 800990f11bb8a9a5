import { durbinCdf } from "./durbin-matrix.ts";
import { pelzGoodCdf } from "./pelz-good.ts";
import { smirnovSurvival } from "./smirnov.ts";

/**
 * P(D > d) of the two-sided one-sample Kolmogorov–Smirnov statistic of n rows. The method is chosen by n and n·d² so
 * that it is exact, or wrong by less than 1e-10. Agrees with scipy.stats.kstwo.sf to 1e-9 absolute.
 * Source: Simard & L'Ecuyer 2011, Journal of Statistical Software 39(11).
 */
export function kolmogorovRowsSurvival(d: number, n: number): number {
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  const size = n * d * d;
  if (size >= 370) return 0;
  // Miller 1956: both one-sided events at once have become too rare to count.
  if (d >= 0.5 || size >= (n <= FEW ? 4 : 2.2)) return Math.min(1, 2 * smirnovSurvival(d, n));
  const isSmall = n <= FEW || (n <= 100_000 && n * d ** 1.5 <= 1.4);
  const cdf = isSmall ? durbinCdf(d, n) : pelzGoodCdf(d, n);
  return Math.min(1, Math.max(0, 1 - cdf));
}

const FEW = 140;
