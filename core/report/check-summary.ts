import type { CheckRun } from "../ports/code-host.ts";
import { modelReport } from "./model-report.ts";
import type { ReportComment } from "./report-comment.ts";
import { heading } from "./verdict-words.ts";

export function checkName(model: string): string {
  return `tidemark / ${model}`;
}

// GitHub cuts a check run's summary at 65,535 characters.
const LONGEST_SUMMARY = 60_000;

/** The check run of one model: the verdict for branch protection. Only a proven pass is a success. */
export function checkOf(model: string, comment: ReportComment): CheckRun {
  const base = { name: checkName(model), commit: comment.headSha };
  if (comment.kind === "running") {
    return {
      ...base,
      status: "in_progress",
      title: "Waiting for the report",
      summary: "Validation, training and comparison run now.",
    };
  }
  const report =
    comment.kind === "judged" ? comment.reports.find(({ evidence }) => evidence.model === model) : undefined;
  if (report === undefined) {
    const summary = comment.kind === "unusable" ? comment.problem : `No report for ${model} came with this commit.`;
    return { ...base, status: "completed", conclusion: "failure", title: "No usable report", summary };
  }
  const conclusions = { pass: "success", fail: "failure", inconclusive: "action_required" } as const;
  return {
    ...base,
    status: "completed",
    conclusion: conclusions[report.judgement.verdict],
    title: plainTitle(heading(report.evidence, report.judgement)),
    summary: modelReport(report).slice(0, LONGEST_SUMMARY),
  };
}

/** A check run's title is plain text: no Markdown, one line. */
function plainTitle(markdown: string): string {
  return markdown.replace(/[`\\]/g, "").slice(0, 200);
}
