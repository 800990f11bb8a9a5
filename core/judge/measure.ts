import { UserError } from "../errors.ts";
import type { BinaryRows } from "../metrics/binary/binary-rows.ts";
import { BINARY_METRICS, binaryTask } from "../metrics/binary/binary-task.ts";
import { compareMetric, measureMetric } from "../metrics/compare-metric.ts";
import type { Paired } from "../metrics/paired/paired.ts";
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
    const comparisons = BINARY_METRICS.map((metric) => measureMetric(binaryTask, metric, candidate));
    return { comparisons, slices: [] };
  }
  const paired = pairRows(candidate, baseline);
  const comparisons = BINARY_METRICS.map((metric) =>
    compareMetric(binaryTask, metric, { paired, confidence: options.confidence }),
  );
  return { comparisons, slices: compareSlices(candidate, paired, options) };
}

export function countPositives({ labels }: Pick<PredictionRows, "labels">): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

/**
 * The baseline's scores in the candidate's order, joined by row id.
 * @throws UserError PREDICTIONS_DIFFER when ids or labels are not the same on both sides
 */
export function pairRows(candidate: PredictionRows, baseline: PredictionRows): Paired<BinaryRows> {
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
  const { labels } = candidate;
  return { candidate: { labels, scores: candidate.scores }, baseline: { labels, scores } };
}

function differ(what: string): UserError {
  return new UserError(
    "PREDICTIONS_DIFFER",
    `Candidate and baseline were not predicted on the same rows: ${what}.`,
    "Predict both on the same holdout, with the same ids and labels.",
  );
}

function compareSlices(
  candidate: PredictionRows,
  paired: Paired<BinaryRows>,
  options: MeasureOptions,
): SliceComparison[] {
  const metric = BINARY_METRICS.find(({ name }) => name === options.primaryMetric);
  if (metric === undefined) return [];
  return sliceRows(candidate.slices).map(({ column, value, rows }) => {
    const part = partOf(paired, Uint32Array.from(rows));
    const positives = part.candidate.labels.reduce((sum, label) => sum + label, 0);
    const tooFew = rows.length < options.minimum.rows || positives < options.minimum.positives;
    const comparison = tooFew
      ? { ...measureMetric(binaryTask, metric, NO_ROWS), rows: rows.length }
      : compareMetric(binaryTask, metric, { paired: part, confidence: options.confidence });
    return { column, value, rows: rows.length, positives, tooFew, comparison };
  });
}

const NO_ROWS: BinaryRows = { labels: new Uint8Array(), scores: new Float64Array() };

function partOf({ candidate, baseline }: Paired<BinaryRows>, rows: Uint32Array): Paired<BinaryRows> {
  return { candidate: binaryTask.part(candidate, rows), baseline: binaryTask.part(baseline, rows) };
}
