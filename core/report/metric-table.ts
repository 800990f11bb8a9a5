import type { Comparison, Evidence } from "../judge/evidence.ts";
import type { Judgement, RuleOutcome } from "../judge/judge.ts";
import { code, plain, table } from "./markdown.ts";
import { signed, value } from "./numbers.ts";
import { baselineName, outcomeIcon } from "./verdict-words.ts";

const LONGEST_TABLE = 8;

/** Metrics in the order a reviewer needs them: what fails, the primary one, the rest. */
export function metricTable(evidence: Evidence, judgement: Judgement): string {
  const rows = ordered(evidence, judgement).slice(0, LONGEST_TABLE);
  if (evidence.baseline === null) {
    return table(
      ["", "metric", "candidate", "rule"],
      [":-:", ":--", "--:", ":--"],
      rows.map((row) => [
        icon(row, judgement),
        name(row, evidence),
        `**${value(row.candidate)}**`,
        ruleText(row, judgement),
      ]),
    );
  }
  return table(
    ["", "metric", baselineName(evidence.baseline), "candidate", "Δ (95 % CI)", "rule"],
    [":-:", ":--", "--:", "--:", ":--", ":--"],
    rows.map((row) => [
      icon(row, judgement),
      name(row, evidence),
      value(row.baseline),
      `**${value(row.candidate)}**`,
      difference(row),
      ruleText(row, judgement),
    ]),
  );
}

/** "+0.023 (+0.004 … +0.043)"; what cannot be computed says so. */
export function difference({ difference, interval }: Comparison): string {
  if (difference === null) return "not computable";
  if (interval === null) return `${signed(difference)} (no interval)`;
  return `${signed(difference)} (${signed(interval.lower)} … ${signed(interval.upper)})`;
}

function ordered({ comparisons, primaryMetric }: Evidence, judgement: Judgement): readonly Comparison[] {
  const weight = ({ metric }: Comparison): number => {
    const outcomes = outcomesOf(metric, judgement);
    if (outcomes.some(({ outcome }) => outcome === "fail" || outcome === "inconclusive")) return 0;
    if (metric === primaryMetric) return 1;
    return outcomes.length > 0 ? 2 : 3;
  };
  return [...comparisons].sort((a, b) => weight(a) - weight(b));
}

function outcomesOf(metric: string, judgement: Judgement): readonly RuleOutcome[] {
  return judgement.outcomes.filter(({ rule }) => rule.metric === metric);
}

function name({ metric, direction }: Comparison, { primaryMetric }: Evidence): string {
  const arrow = direction === "higher-is-better" ? "↑" : "↓";
  return metric === primaryMetric ? `**${code(metric)}** ${arrow} *primary*` : `${code(metric)} ${arrow}`;
}

/** The rule's outcome, or, without a rule, whether the interval leaves zero on one side. */
function icon(row: Comparison, judgement: Judgement): string {
  const outcomes = outcomesOf(row.metric, judgement);
  const telling = outcomes.find(({ outcome }) => outcome !== "pass") ?? outcomes[0];
  if (telling !== undefined) return outcomeIcon(telling);
  return movement(row);
}

/** ▲ better and ▼ worse when the interval excludes zero, ➖ within noise. */
export function movement({ interval, direction }: Comparison): string {
  if (interval === null) return "➖";
  const rises = interval.lower > 0;
  const falls = interval.upper < 0;
  if (!rises && !falls) return "➖";
  return rises === (direction === "higher-is-better") ? "▲" : "▼";
}

function ruleText({ metric }: Comparison, judgement: Judgement): string {
  const outcomes = outcomesOf(metric, judgement);
  if (outcomes.length === 0) return "–";
  return outcomes.map((outcome) => `${words(outcome)} ${outcomeIcon(outcome)}`).join(", ");
}

function words({ rule }: RuleOutcome): string {
  const limit = plain(String(rule.threshold));
  switch (rule.kind) {
    case "min":
      return `≥ ${limit}`;
    case "max":
      return `≤ ${limit}`;
    case "not-worse-than":
      return `loses at most ${limit}`;
    case "better-by":
      return `gains over ${limit}`;
    default:
      return rule.kind satisfies never;
  }
}
