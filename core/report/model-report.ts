import type { Evidence } from "../judge/evidence.ts";
import type { Judgement } from "../judge/judge.ts";
import { driftSection } from "./drift-table.ts";
import { code, link, plain } from "./markdown.ts";
import { metricTable } from "./metric-table.ts";
import { count, signed, value } from "./numbers.ts";
import { contractSection, lineageSection, sliceSection } from "./sections.ts";
import { heading, warnings } from "./verdict-words.ts";

export interface ModelReport {
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  /** The run that made the evidence. */
  readonly runUrl: string | undefined;
}

/** One model's report in Markdown: the verdict in the heading, the primary number below, everything else folded. */
export function modelReport(report: ModelReport): string {
  const { evidence, judgement } = report;
  return [
    `## ${heading(evidence, judgement)}`,
    headline(report),
    ...alert(warnings(evidence, judgement)),
    metricTable(evidence, judgement),
    LEGEND,
    [sliceSection(evidence), contractSection(evidence), driftPart(evidence), lineageSection(evidence)]
      .filter((section) => section !== "")
      .join("\n"),
  ].join("\n\n");
}

function driftPart({ drift }: Evidence): string {
  return drift === null ? "" : driftSection(drift);
}

const LEGEND =
  "<sub>✅ rule passes · ❌ blocks · ⏸️ inconclusive, blocks · ⚠️ warns · ▲ better, ▼ worse (95 % CI excludes 0) · ➖ within noise · ↑↓ better direction</sub>";

function headline({ evidence, runUrl }: ModelReport): string {
  const { candidate, holdout, run } = evidence;
  const subject = [
    ...(run === null ? [] : [`commit ${code(run.headSha.slice(0, 7))}`]),
    `model ${code(candidate.digest.slice(7, 19))}`,
    `data ${code(candidate.lineage.data.train.slice(7, 19))}`,
    ...(runUrl === undefined ? [] : [link("run", runUrl)]),
  ].join(" · ");
  return `${primaryLine(evidence)} · ${count(holdout.rows)} holdout rows, ${count(holdout.positives)} positive\n\n${subject}`;
}

function primaryLine(evidence: Evidence): string {
  const primary = evidence.comparisons.find(({ metric }) => metric === evidence.primaryMetric);
  if (primary === undefined) return `**${code(evidence.primaryMetric)} was not measured**`;
  if (primary.baseline === null || primary.difference === null)
    return `**${code(primary.metric)} ${value(primary.candidate)}**`;
  const change = `**${code(primary.metric)} ${value(primary.baseline)} → ${value(primary.candidate)}**`;
  const interval =
    primary.interval === null ? "" : ` (95 % CI ${signed(primary.interval.lower)} … ${signed(primary.interval.upper)})`;
  return `${change} · Δ **${signed(primary.difference)}**${interval}, ${plain(primary.test?.method ?? "no test")}`;
}

function alert(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 3).join(" · ");
  const more = lines.length > 3 ? ` · and ${lines.length - 3} more below` : "";
  return [`> [!WARNING]\n> ${shown}${more}`];
}
