import type { Gate, Rule } from "#core/judge/gate";

export function rule(facts: Partial<Rule> = {}): Rule {
  return { metric: "roc_auc", kind: "not-worse-than", threshold: 0.01, severity: "block", ...facts };
}

/** A gate of the given rules; one of non-inferiority when none are given. */
export function gate({ rules = [rule()], ...facts }: Partial<Gate> = {}): Gate {
  return { rules, minimum: { rows: 100, positives: 10 }, confidence: 0.95, ...facts };
}
