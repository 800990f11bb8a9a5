import { z } from "zod";
import { MetricName } from "../names.ts";

const RULE_KINDS = ["min", "max", "not-worse-than", "better-by"] as const;

export const Severity = z.enum(["block", "warn"]);
export type Severity = z.output<typeof Severity>;

const threshold = z.number("expected a finite number");
const margin = threshold.min(0, "expected a margin of 0 or more");

/**
 * One rule of a gate, as people write it: a metric and exactly one of
 * min, max (bounds on the candidate's value),
 * not-worse-than (non-inferiority: the candidate may lose at most this much, proven at the gate's confidence),
 * better-by (superiority: the candidate must gain more than this, proven at the gate's confidence).
 */
export const Rule = z
  .strictObject({
    metric: MetricName,
    min: threshold.optional(),
    max: threshold.optional(),
    "not-worse-than": margin.optional(),
    "better-by": margin.optional(),
    severity: Severity.prefault("block"),
  })
  .refine((rule) => RULE_KINDS.filter((kind) => rule[kind] !== undefined).length === 1, {
    error: `expected exactly one of ${RULE_KINDS.join(", ")}`,
  })
  .transform(({ metric, severity, ...bounds }) => {
    const kind = RULE_KINDS.find((candidate) => bounds[candidate] !== undefined) ?? "min";
    return { metric, kind, threshold: bounds[kind] ?? 0, severity };
  });
export type Rule = z.output<typeof Rule>;

/** What a verdict needs at least: fewer rows or positives make every paired rule inconclusive. */
export const Minimum = z.strictObject({
  rows: z.number().int().min(1).prefault(100),
  positives: z.number().int().min(1).prefault(10),
});
export type Minimum = z.output<typeof Minimum>;

/** The rules of one model, with the confidence of every proof in them. */
export interface Gate {
  readonly rules: readonly Rule[];
  readonly minimum: Minimum;
  /** One-sided, such as 0.95. */
  readonly confidence: number;
}

/** The gate of a model nobody wrote rules for: at most one point worse on the primary metric. */
export function defaultGate(primaryMetric: string): Gate {
  return {
    rules: [{ metric: primaryMetric, kind: "not-worse-than", threshold: 0.01, severity: "block" }],
    minimum: { rows: 100, positives: 10 },
    confidence: 0.95,
  };
}
