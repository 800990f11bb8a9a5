import type { Finding } from "#core/data/finding";
import type { Comparison, Evidence, SliceComparison } from "#core/judge/evidence";
import { BINARY_METRICS } from "#core/metrics/binary/binary-task";
import type { Candidate } from "#core/model/candidate";
import type { ReleaseRecord } from "#core/registry/release-record";
import { COMMIT, candidate, MODEL } from "./model.ts";
import { releaseRecord } from "./release-record.ts";

interface ComparisonFacts extends Partial<Omit<Comparison, "gain">> {
  /** What the candidate gains, with bounds 0.015 away when only the estimate is told. */
  readonly gain?: Comparison["gain"] | number;
}

/** One metric of both models. The numbers agree with each other unless a test says otherwise. */
export function comparison({ gain = 0.02, metric = "roc_auc", ...facts }: ComparisonFacts = {}): Comparison {
  const direction = BINARY_METRICS.find(({ name }) => name === metric)?.direction ?? "higher-is-better";
  const bounds = typeof gain === "number" ? { lower: gain - 0.015, estimate: gain, upper: gain + 0.015 } : gain;
  const estimate = (bounds?.estimate ?? 0.02) * (direction === "higher-is-better" ? 1 : -1);
  return {
    metric,
    direction,
    candidate: 0.84 + estimate,
    baseline: 0.84,
    difference: estimate,
    interval: { lower: estimate - 0.018, upper: estimate + 0.018, level: 0.95 },
    gain: bounds,
    test: { method: "DeLong, paired", statistic: 2.2, pValue: 0.03 },
    rows: 2_000,
    ...facts,
  };
}

export function slice(facts: Partial<SliceComparison> = {}): SliceComparison {
  return {
    column: "region",
    value: "north",
    rows: 800,
    positives: 120,
    tooFew: false,
    comparison: comparison({ rows: 800 }),
    ...facts,
  };
}

export function finding(facts: Partial<Finding> = {}): Finding {
  return {
    id: "DATA_MISSING_VALUES",
    severity: "error",
    column: "age",
    sentence: 'Column "age": 12 of 2000 (0.6 %) values are missing; none allowed.',
    nextStep: "Look at line 17 of the file first.",
    statistic: "rows",
    value: 12,
    threshold: 0,
    rows: 2_000,
    method: "counted over all rows",
    line: 17,
    ...facts,
  };
}

interface EvidenceFacts extends Partial<Omit<Evidence, "candidate" | "baseline" | "holdout">> {
  readonly of?: Candidate;
  /** The record of what it was compared with; null for a first model. */
  readonly against?: ReleaseRecord | null;
  readonly baseline?: Partial<Evidence["baseline"]>;
  readonly holdout?: Partial<Evidence["holdout"]>;
}

/** What was measured of a candidate: 2,000 rows of holdout, 240 positive, one metric that gained 0.02. */
export function evidence(facts: EvidenceFacts = {}): Evidence {
  const { of = candidate(), against = releaseRecord(), baseline = {}, holdout = {}, ...rest } = facts;
  return {
    format: "tidemark/evidence",
    version: 1,
    model: MODEL,
    task: "binary-classification",
    candidate: { digest: of.digest, files: of.files, predictions: of.predictions, lineage: of.lineage },
    baseline: against === null ? null : { ...baselineOf(against), ...baseline },
    holdout: { digest: of.lineage.data.holdout, rows: 2_000, positives: 240, ...holdout },
    primaryMetric: "roc_auc",
    confidence: 0.95,
    comparisons: [comparison(against === null ? ALONE : {})],
    slices: [],
    contract: "checked",
    findings: [],
    drift: null,
    claimed: { auc: 0.86 },
    run: { id: 41, attempt: 1, headSha: COMMIT },
    tool: "tidemark 0.1.0",
    createdAt: "2026-03-02T09:05:00.000Z",
    ...rest,
  };
}

/** What a comparison knows when there is nothing to compare with. */
export const ALONE = { baseline: null, difference: null, interval: null, gain: null, test: null } as const;

function baselineOf({ serving, environment, generation }: ReleaseRecord): NonNullable<Evidence["baseline"]> {
  return {
    digest: serving.digest,
    predictions: serving.predictions.digest,
    holdout: serving.holdout,
    source: "release-record",
    environment,
    generation,
  };
}
