import { type Random, seededRandom } from "../random.ts";
import { quantile } from "../statistics/quantile.ts";
import type { BinaryMetric } from "./metric.ts";
import { type PairedDifference, type PairedRows, rowsOf } from "./paired-difference.ts";
import type { RowMeanMetric } from "./row-mean.ts";

export const BOOTSTRAP_SEED = 20_020_101;
export const BOOTSTRAP_RESAMPLES = 1_000;

/**
 * Percentile bootstrap on row indices, both models always on the same resampled rows. For every metric that has no
 * closed form of its own. Undefined where the metric is, on all rows.
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13.
 */
export function pairedBootstrap(metric: BinaryMetric, paired: PairedRows): PairedDifference | undefined {
  const random = seededRandom(BOOTSTRAP_SEED);
  const resample = "perRow" in metric ? meanResampler(metric as RowMeanMetric, paired) : rowResampler(metric, paired);
  const estimate = differenceOn(metric, paired);
  if (estimate === undefined) return undefined;
  const draws: number[] = [];
  for (let round = 0; round < BOOTSTRAP_RESAMPLES; round++) {
    const value = resample(random);
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

type Resampler = (random: Random) => number | undefined;

function meanResampler(metric: RowMeanMetric, { labels, candidate, baseline }: PairedRows): Resampler {
  const rows = labels.length;
  const differences = candidate.map(
    (score, row) => metric.perRow(labels[row] ?? 0, score) - metric.perRow(labels[row] ?? 0, baseline[row] ?? 0),
  );
  return (random) => {
    let sum = 0;
    for (let draw = 0; draw < rows; draw++) sum += differences[Math.floor(random() * rows)] ?? 0;
    return sum / rows;
  };
}

function rowResampler(metric: BinaryMetric, paired: PairedRows): Resampler {
  const rows = paired.labels.length;
  const drawn = {
    labels: new Uint8Array(rows),
    candidate: new Float64Array(rows),
    baseline: new Float64Array(rows),
  };
  return (random) => {
    for (let draw = 0; draw < rows; draw++) {
      const row = Math.floor(random() * rows);
      drawn.labels[draw] = paired.labels[row] ?? 0;
      drawn.candidate[draw] = paired.candidate[row] ?? 0;
      drawn.baseline[draw] = paired.baseline[row] ?? 0;
    }
    return differenceOn(metric, drawn);
  };
}

function differenceOn(metric: BinaryMetric, paired: PairedRows): number | undefined {
  const candidate = metric.compute(rowsOf(paired, "candidate"));
  const baseline = metric.compute(rowsOf(paired, "baseline"));
  return candidate === undefined || baseline === undefined ? undefined : candidate - baseline;
}
