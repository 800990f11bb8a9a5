import type { Evidence } from "../judge/evidence.ts";
import type { Judgement, RuleOutcome, Verdict } from "../judge/judge.ts";
import { code, plain } from "./markdown.ts";
import { count, plural } from "./numbers.ts";

export const VERDICT_ICONS: Record<Verdict, string> = { pass: "✅", fail: "❌", inconclusive: "⏸️" };

/** Icons of one rule. A failed rule that only warns does not block. */
export function outcomeIcon({ outcome, rule }: RuleOutcome): string {
  if (outcome === "skipped") return "🆕";
  if (outcome === "fail" && rule.severity === "warn") return "⚠️";
  return VERDICT_ICONS[outcome];
}

/** The heading: the verdict, against what, and how many rules say so. */
export function heading(evidence: Evidence, judgement: Judgement): string {
  const name = code(evidence.model);
  const counts = ruleCounts(judgement);
  if (judgement.verdict === "fail") return `❌ ${name} is blocked: ${firstReason(judgement)}`;
  if (judgement.verdict === "inconclusive") return `⏸️ ${name} is not proven yet: ${firstReason(judgement)}`;
  if (evidence.baseline === null) return `🆕 ${name} is the first model: ${counts}`;
  const icon = warnings(evidence, judgement).length > 0 ? "⚠️" : "✅";
  return `${icon} ${name} may replace ${baselineName(evidence.baseline)}: ${counts}`;
}

export function baselineName(baseline: NonNullable<Evidence["baseline"]>): string {
  return baseline.environment === null ? "the given baseline" : `${baseline.environment} g${baseline.generation}`;
}

/** What a person should look at although nothing blocks. */
export function warnings(evidence: Evidence, judgement: Judgement): readonly string[] {
  const rules = judgement.outcomes.filter(isWarning).map(({ rule, reason }) => `${code(rule.metric)} ${plain(reason)}`);
  const findings = evidence.findings
    .filter(({ severity }) => severity === "warning")
    .map(({ sentence }) => plain(sentence));
  const unchecked =
    evidence.contract === "not-checked" ? ["the data was not held against its contract in this run"] : [];
  return [...rules, ...findings, ...unchecked];
}

function isWarning({ rule, outcome }: RuleOutcome): boolean {
  return rule.severity === "warn" && (outcome === "fail" || outcome === "inconclusive");
}

function firstReason({ outcomes, verdict, blockingFindings }: Judgement): string {
  const blocking = outcomes.filter(({ rule, outcome }) => rule.severity === "block" && outcome === verdict);
  const [first] = blocking;
  if (first === undefined) {
    return blockingFindings > 0 ? plural(blockingFindings, "blocking finding") : "no blocking rule was judged";
  }
  const rows = first.rowsNeeded === null ? "" : `, about ${count(first.rowsNeeded)} holdout rows would settle it`;
  return `${code(first.rule.metric)} ${plain(first.reason)}${rows}`;
}

function ruleCounts({ outcomes }: Judgement): string {
  const passed = outcomes.filter(({ outcome }) => outcome === "pass").length;
  const skipped = outcomes.filter(({ outcome }) => outcome === "skipped").length;
  const tail = skipped === 0 ? "" : `, ${skipped} will apply from the next one on`;
  return `${passed} of ${plural(outcomes.length, "rule")} ${passed === 1 ? "passes" : "pass"}${tail}`;
}
