import type { Comparison, Evidence } from "./evidence.ts";
import type { Gate, Rule } from "./gate.ts";
import { rowsNeeded } from "./rows-needed.ts";

/** Inconclusive blocks like fail; it says what is missing instead of what is wrong. */
export type Verdict = "pass" | "fail" | "inconclusive";

export interface RuleOutcome {
  readonly rule: Rule;
  /** `skipped`: the rule compares with a baseline and there is none yet. */
  readonly outcome: Verdict | "skipped";
  /** One sentence: what was seen against what was asked. */
  readonly reason: string;
  /** Rows of holdout that would settle an inconclusive rule, when more rows can. */
  readonly rowsNeeded: number | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly outcomes: readonly RuleOutcome[];
  /** Findings that block, whatever the rules say. */
  readonly blockingFindings: number;
}

/**
 * The verdict of a gate on evidence: pure, so that whoever holds the evidence and the base branch's gate comes to the
 * same answer. Fails closed: no blocking rule, nothing computable or too few rows is inconclusive, never pass. Of the
 * first model only the bounds can be judged; rules that compare are skipped and say so.
 */
export function judge(evidence: Evidence, gate: Gate): Judgement {
  const outcomes = gate.rules.map((rule) => judgeRule(rule, evidence, gate));
  const blockingFindings = evidence.findings.filter((finding) => finding.severity === "error").length;
  return { verdict: overall(outcomes, blockingFindings), outcomes, blockingFindings };
}

function overall(outcomes: readonly RuleOutcome[], blockingFindings: number): Verdict {
  const blocking = outcomes.filter(({ rule }) => rule.severity === "block");
  if (blockingFindings > 0 || blocking.some(({ outcome }) => outcome === "fail")) return "fail";
  if (blocking.some(({ outcome }) => outcome === "inconclusive")) return "inconclusive";
  return blocking.length === 0 ? "inconclusive" : "pass";
}

function judgeRule(rule: Rule, evidence: Evidence, gate: Gate): RuleOutcome {
  const comparison = evidence.comparisons.find(({ metric }) => metric === rule.metric);
  if (comparison === undefined || comparison.candidate === null) {
    return { rule, outcome: "inconclusive", reason: `${rule.metric} could not be computed`, rowsNeeded: null };
  }
  if (rule.kind === "min" || rule.kind === "max") return judgeBound(rule, comparison.candidate);
  const short = shortage(rule, evidence, gate);
  if (short !== undefined) return short;
  if (evidence.baseline === null) {
    return { rule, outcome: "skipped", reason: "first model: nothing to compare with yet", rowsNeeded: null };
  }
  return judgeGain(rule, comparison);
}

function judgeBound(rule: Rule, value: number): RuleOutcome {
  const holds = rule.kind === "min" ? value >= rule.threshold : value <= rule.threshold;
  const bound = `${rule.kind === "min" ? "at least" : "at most"} ${rule.threshold}`;
  return { rule, outcome: holds ? "pass" : "fail", reason: `${show(value)}, ${bound} asked`, rowsNeeded: null };
}

/** Why a comparison proves nothing, whatever its numbers say. */
function shortage(rule: Rule, { holdout, confidence, baseline }: Evidence, gate: Gate): RuleOutcome | undefined {
  const { minimum } = gate;
  if (baseline !== null && baseline.holdout !== holdout.digest) {
    const reason = "the baseline was judged on another holdout; predict it on this one";
    return { rule, outcome: "inconclusive", reason, rowsNeeded: null };
  }
  if (confidence !== gate.confidence) {
    const reason = `measured at confidence ${confidence}, the gate asks ${gate.confidence}`;
    return { rule, outcome: "inconclusive", reason, rowsNeeded: null };
  }
  if (holdout.rows >= minimum.rows && holdout.positives >= minimum.positives) return undefined;
  const reason = `${holdout.rows} rows with ${holdout.positives} positives, at least ${minimum.rows} with ${minimum.positives} asked`;
  return { rule, outcome: "inconclusive", reason, rowsNeeded: rowsFor(holdout, minimum) };
}

/** Rows that would hold both minima, if positives stay as frequent as they are; null when there are none. */
function rowsFor({ rows, positives }: Evidence["holdout"], minimum: Gate["minimum"]): number | null {
  if (positives === 0) return null;
  return Math.max(minimum.rows, Math.ceil((rows * minimum.positives) / positives));
}

/**
 * Non-inferiority (gain > −margin) and superiority (gain > threshold) are one proof with two limits: proven above the
 * limit passes, proven below it fails, and an interval that holds the limit settles nothing.
 */
function judgeGain(rule: Rule, { gain, rows }: Comparison): RuleOutcome {
  if (gain === null) {
    return { rule, outcome: "inconclusive", reason: "no paired interval could be computed", rowsNeeded: null };
  }
  const limit = rule.kind === "not-worse-than" ? -rule.threshold : rule.threshold;
  const seen = `gain ${signed(gain.estimate)}, proven above ${signed(gain.lower)}`;
  const asked = `above ${signed(limit)} asked`;
  if (gain.lower > limit) return { rule, outcome: "pass", reason: `${seen}, ${asked}`, rowsNeeded: null };
  if (gain.upper < limit) {
    return {
      rule,
      outcome: "fail",
      reason: `gain ${signed(gain.estimate)}, proven below ${signed(gain.upper)}, ${asked}`,
      rowsNeeded: null,
    };
  }
  return { rule, outcome: "inconclusive", reason: `${seen}, ${asked}`, rowsNeeded: rowsNeeded(gain, limit, rows) };
}

function show(value: number): string {
  return value.toPrecision(4);
}

function signed(value: number): string {
  const text = Math.abs(value).toPrecision(3);
  return value < 0 ? `−${text}` : `+${text}`;
}
