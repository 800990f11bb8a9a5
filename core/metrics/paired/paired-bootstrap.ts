import { type Random, seededRandom } from "../../random.ts";
import { quantile } from "../../statistics/quantile.ts";
import type { Metric, Weighing, Weights } from "../metric.ts";
import type { Paired, PairedDifference } from "./paired.ts";

export const BOOTSTRAP_SEED = 20_020_101;
export const BOOTSTRAP_RESAMPLES = 1_000;

/**
 * Percentile bootstrap on units, both models always on the same resampled ones: a resample is how often each unit was
 * drawn, times its own weight. For every metric that has no closed form of its own; undefined where the metric is.
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13.
 * @param units of the rows, as their task counts them
 */
export function pairedBootstrap<Rows>(
  metric: Metric<Rows>,
  paired: Paired<Rows>,
  units: number,
): PairedDifference | undefined {
  const difference = differenceOf(metric.prepare(paired.candidate), metric.prepare(paired.baseline));
  const estimate = difference(paired.weights);
  if (estimate === undefined) return undefined;
  const draw = resampler(paired, units);
  const random = seededRandom(BOOTSTRAP_SEED);
  const draws: number[] = [];
  for (let round = 0; round < BOOTSTRAP_RESAMPLES; round++) {
    const value = difference(draw(random));
    if (value !== undefined) draws.push(value);
  }
  const sorted = Float64Array.from(draws).sort();
  if (sorted.length < BOOTSTRAP_RESAMPLES / 2) return undefined;
  return {
    method: `paired bootstrap, percentile, ${BOOTSTRAP_RESAMPLES} resamples, seed ${BOOTSTRAP_SEED}`,
    estimate,
    statistic: null,
    pValue: null,
    interval: (level) => ({ lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) }),
  };
}

function differenceOf(candidate: Weighing, baseline: Weighing): Weighing {
  return (weights) => {
    const [ours, theirs] = [candidate(weights), baseline(weights)];
    return ours === undefined || theirs === undefined ? undefined : ours - theirs;
  };
}

/** The same array, filled anew by each call. */
function resampler({ weights, clusters }: Pick<Paired<unknown>, "weights" | "clusters">, units: number) {
  const drawn = new Float64Array(units);
  const drawable = clusters === undefined ? units : clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const times = clusters === undefined ? drawn : new Float64Array(drawable);
  return (random: Random): NonNullable<Weights> => {
    times.fill(0);
    for (let draw = 0; draw < drawable; draw++) {
      const at = Math.floor(random() * drawable);
      times[at] = (times[at] ?? 0) + 1;
    }
    if (clusters === undefined && weights === undefined) return drawn;
    for (let unit = 0; unit < units; unit++)
      drawn[unit] = (times[clusters?.[unit] ?? unit] ?? 0) * (weights?.[unit] ?? 1);
    return drawn;
  };
}
