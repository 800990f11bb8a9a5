import { isProbability } from "../finite.ts";
import { NO_VALUE, type Weights } from "../metric.ts";
import { stepsOf } from "../score-steps.ts";
import { sumOf } from "../sum.ts";
import type { BinaryMetric, BinaryRows } from "./binary-rows.ts";

export const CALIBRATION_BINS = 10;

/** The bin of each row, from 0, under some weights. */
export type Binning = (rows: BinaryRows) => (weights: Weights) => Uint8Array;

/** Ten bins [0, 0.1), [0.1, 0.2), … [0.9, 1]. */
export const equalWidth: Binning = ({ scores }) => {
  const bins = new Uint8Array(scores.length);
  for (let row = 0; row < bins.length; row++)
    bins[row] = Math.min(CALIBRATION_BINS - 1, Math.floor((scores[row] ?? 0) * CALIBRATION_BINS));
  return () => bins;
};

/** Ten bins of as equal a weight as can be. Equal scores stay together: where their middle lies decides. */
export const equalMass: Binning = ({ scores }) => {
  const { ends, stepOf } = stepsOf(scores);
  const held = new Float64Array(ends.length);
  return (weights) => {
    held.fill(0);
    for (let row = 0; row < stepOf.length; row++) {
      const step = stepOf[row] ?? 0;
      held[step] = (held[step] ?? 0) + (weights === undefined ? 1 : (weights[row] ?? 0));
    }
    const binOfStep = massBins(held);
    const bins = new Uint8Array(stepOf.length);
    for (let row = 0; row < bins.length; row++) bins[row] = binOfStep[stepOf[row] ?? 0] ?? 0;
    return bins;
  };
};

function massBins(held: Float64Array): Uint8Array {
  const total = sumOf(held);
  const bins = new Uint8Array(held.length);
  let below = 0;
  for (const [step, weight] of held.entries()) {
    bins[step] = Math.min(CALIBRATION_BINS - 1, Math.floor(((below + weight / 2) * CALIBRATION_BINS) / total));
    below += weight;
  }
  return bins;
}

export interface CalibrationBin {
  readonly weight: number;
  readonly meanScore: number;
  /** Share of positive rows. */
  readonly rate: number;
}

/** Bins that hold rows, in order. */
export function calibrationBins(rows: BinaryRows, bins: Uint8Array, weights?: Weights): readonly CalibrationBin[] {
  const held = new Float64Array(CALIBRATION_BINS);
  const scores = new Float64Array(CALIBRATION_BINS);
  const positives = new Float64Array(CALIBRATION_BINS);
  for (let row = 0; row < bins.length; row++) {
    const bin = bins[row] ?? 0;
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    held[bin] = (held[bin] ?? 0) + weight;
    scores[bin] = (scores[bin] ?? 0) + weight * (rows.scores[row] ?? 0);
    positives[bin] = (positives[bin] ?? 0) + weight * (rows.labels[row] ?? 0);
  }
  return Array.from(held, (weight, bin) => {
    return { weight, meanScore: (scores[bin] ?? 0) / weight, rate: (positives[bin] ?? 0) / weight };
  }).filter(({ weight }) => weight > 0);
}

/**
 * Expected calibration error: over bins, the mean distance of the mean score from the share of positives, weighted by
 * rows. It depends on the bins, so they are in the name. Undefined where a score is no probability.
 * Source: Naeini, Cooper & Hauskrecht 2015, AAAI Conference on Artificial Intelligence.
 */
function calibrationError(name: string, title: string, binning: Binning): BinaryMetric {
  return {
    name,
    title,
    direction: "lower-is-better",
    prepare: (rows) => {
      if (rows.labels.length === 0 || !rows.scores.every(isProbability)) return NO_VALUE;
      const binOf = binning(rows);
      return (weights) => {
        const held = calibrationBins(rows, binOf(weights), weights);
        const total = held.reduce((sum, { weight }) => sum + weight, 0);
        if (total === 0) return undefined;
        return held.reduce((sum, { weight, meanScore, rate }) => sum + weight * Math.abs(meanScore - rate), 0) / total;
      };
    },
  };
}

export const eceWidth10 = calibrationError("ece_width10", "ECE (10 equal widths)", equalWidth);
export const eceMass10 = calibrationError("ece_mass10", "ECE (10 equal masses)", equalMass);
