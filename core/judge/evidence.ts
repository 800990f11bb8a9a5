import { z } from "zod";
import { DriftResult } from "../data/drift/drift-result.ts";
import { Finding } from "../data/finding.ts";
import { Digest, type Digest as DigestText, digestOfJson } from "../digest.ts";
import { Direction } from "../metrics/metric.ts";
import { Lineage, PredictionsFile } from "../model/candidate.ts";
import { ModelFiles } from "../model/model-files.ts";
import { EnvironmentName, MetricName, ModelName } from "../names.ts";

const Interval = z.strictObject({ lower: z.number(), upper: z.number(), level: z.number().gt(0).lt(1) });
export type Interval = z.output<typeof Interval>;

/** How a difference was tested. The standard error is that of candidate − baseline, in the metric's own unit. */
const PairedTest = z.strictObject({
  method: z.string().max(200),
  statistic: z.number().nullable(),
  pValue: z.number().min(0).max(1).nullable(),
});

/** One metric of the candidate, and beside it the baseline's on the same rows. Null means: not computable. */
export const Comparison = z.strictObject({
  metric: MetricName,
  direction: Direction,
  candidate: z.number().nullable(),
  baseline: z.number().nullable(),
  /** candidate − baseline. */
  difference: z.number().nullable(),
  /** Two-sided, of the difference. */
  interval: Interval.nullable(),
  /** One-sided bounds of the gain (positive when the candidate is better) at the gate's confidence. */
  gain: z.strictObject({ lower: z.number(), estimate: z.number(), upper: z.number() }).nullable(),
  test: PairedTest.nullable(),
  rows: z.number().int().min(0),
});
export type Comparison = z.output<typeof Comparison>;

/** A part of the holdout, by one column's value. */
export const SliceComparison = z.strictObject({
  column: z.string().max(200),
  value: z.string().max(500),
  rows: z.number().int().min(0),
  positives: z.number().int().min(0),
  /** Fewer rows or positives than the gate's minimum: shown, never judged. */
  tooFew: z.boolean(),
  comparison: Comparison,
});
export type SliceComparison = z.output<typeof SliceComparison>;

const Subject = z.strictObject({
  digest: Digest,
  files: ModelFiles,
  predictions: PredictionsFile,
  lineage: Lineage,
});

const Baseline = z.strictObject({
  digest: Digest,
  predictions: Digest,
  /** The rows it was predicted on; another digest than the candidate's means that nothing was compared. */
  holdout: Digest,
  /** Where the baseline came from: the field's order of precedence, named. */
  source: z.enum(["explicit", "release-record"]),
  environment: EnvironmentName.nullable(),
  generation: z.number().int().min(1).nullable(),
});

/** Everything a verdict rests on: one document that binds model, data, baseline and code to what was measured. */
export const Evidence = z.strictObject({
  format: z.literal("tidemark/evidence"),
  version: z.literal(1),
  model: ModelName,
  task: z.enum(["binary-classification"]),
  candidate: Subject,
  /** Null for the first model of an environment. */
  baseline: Baseline.nullable(),
  holdout: z.strictObject({ digest: Digest, rows: z.number().int(), positives: z.number().int() }),
  primaryMetric: MetricName,
  confidence: z.number().gt(0.5).lt(1),
  comparisons: z.array(Comparison).max(200),
  slices: z.array(SliceComparison).max(500),
  /** Whether the data was held against its contract before training; `none` when the model has no contract. */
  contract: z.enum(["checked", "not-checked", "none"]),
  findings: z.array(Finding).max(1_000),
  /** The training data against its reference, as the data check compared them; null when there was none. */
  drift: DriftResult.nullable(),
  /** What the training run says of itself. Shown, never judged. */
  claimed: z.record(z.string().max(100), z.number()),
  run: z.strictObject({ id: z.number().int(), attempt: z.number().int(), headSha: z.string() }).nullable(),
  tool: z.string().max(100),
  createdAt: z.iso.datetime(),
});
export type Evidence = z.output<typeof Evidence>;

export function evidenceDigest(evidence: Evidence): DigestText {
  return digestOfJson(evidence);
}
