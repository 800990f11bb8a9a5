import { UserError } from "../errors.ts";
import { BINARY_METRICS } from "../metrics/catalogue.ts";
import { compareMetric, measureMetric } from "../metrics/compare-metric.ts";
import type { PairedRows } from "../metrics/paired-difference.ts";
import type { PredictionRows } from "../ports/data-engine.ts";
import type { Comparison, SliceComparison } from "./evidence.ts";
import type { Minimum } from "./gate.ts";
import { sliceRows } from "./slice-rows.ts";

export interface MeasureOptions {
  readonly primaryMetric: string;
  readonly confidence: number;
  readonly minimum: Minimum;
}

export interface Measured {
  readonly comparisons: readonly Comparison[];
  readonly slices: readonly SliceComparison[];
}

/** Every metric of a candidate, beside the baseline's on the same rows when there is one. Pure. */
export function measure(
  candidate: PredictionRows,
  baseline: PredictionRows | undefined,
  options: MeasureOptions,
): Measured {
  if (baseline === undefined) {
    const comparisons = BINARY_METRICS.map((metric) => measureMetric(metric, candidate.labels, candidate.scores));
    return { comparisons, slices: [] };
  }
  const paired = pairRows(candidate, baseline);
  const comparisons = BINARY_METRICS.map((metric) => compareMetric(metric, paired, options.confidence));
  return { comparisons, slices: compareSlices(candidate, paired, options) };
}

export function countPositives({ labels }: Pick<PredictionRows, "labels">): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

/**
 * The baseline's scores in the candidate's order, joined by row id.
 * @throws UserError PREDICTIONS_DIFFER when ids or labels are not the same on both sides
 */
export function pairRows(candidate: PredictionRows, baseline: PredictionRows): PairedRows {
  const place = new Map(baseline.ids.map((id, row) => [id, row]));
  const scores = new Float64Array(candidate.ids.length);
  if (new Set(candidate.ids).size !== candidate.ids.length) throw differ("a row id is repeated here");
  if (place.size !== candidate.ids.length) throw differ(`${candidate.ids.length} rows here, ${place.size} there`);
  for (const [row, id] of candidate.ids.entries()) {
    const other = place.get(id);
    if (other === undefined) throw differ(`row id ${JSON.stringify(id.slice(0, 80))} is missing there`);
    if (baseline.labels[other] !== candidate.labels[row])
      throw differ(`row id ${JSON.stringify(id.slice(0, 80))} has another label there`);
    scores[row] = baseline.scores[other] ?? 0;
  }
  return { labels: candidate.labels, candidate: candidate.scores, baseline: scores };
}

function differ(what: string): UserError {
  return new UserError(
    "PREDICTIONS_DIFFER",
    `Candidate and baseline were not predicted on the same rows: ${what}.`,
    "Predict both on the same holdout, with the same ids and labels.",
  );
}

function compareSlices(candidate: PredictionRows, paired: PairedRows, options: MeasureOptions): SliceComparison[] {
  const metric = BINARY_METRICS.find(({ name }) => name === options.primaryMetric);
  if (metric === undefined) return [];
  return sliceRows(candidate.slices).map(({ column, value, rows }) => {
    const part = rowsAt(paired, rows);
    const positives = part.labels.reduce((sum, label) => sum + label, 0);
    const tooFew = rows.length < options.minimum.rows || positives < options.minimum.positives;
    const comparison = tooFew
      ? { ...measureMetric(metric, new Uint8Array(), new Float64Array()), rows: rows.length }
      : compareMetric(metric, part, options.confidence);
    return { column, value, rows: rows.length, positives, tooFew, comparison };
  });
}

function rowsAt({ labels, candidate, baseline }: PairedRows, rows: readonly number[]): PairedRows {
  return {
    labels: Uint8Array.from(rows, (row) => labels[row] ?? 0),
    candidate: Float64Array.from(rows, (row) => candidate[row] ?? 0),
    baseline: Float64Array.from(rows, (row) => baseline[row] ?? 0),
  };
}
