import type { Comparison } from "../judge/evidence.ts";
import type { RuleOutcome } from "../judge/judge.ts";
import { type Html, html } from "./html.ts";
import { visible } from "./markdown.ts";
import { movement } from "./metric-table.ts";
import type { ModelReport } from "./model-report.ts";
import { bytes, count, plural, seconds, signed, value } from "./numbers.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { baselineName, heading, outcomeIcon } from "./verdict-words.ts";

/** The report as one HTML file: no script, nothing fetched, light and dark, printable. */
export function reportPage(report: ModelReport): string {
  const { evidence, judgement } = report;
  const title = heading(evidence, judgement).replace(/[`\\]/g, "");
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${count(evidence.holdout.rows)} holdout rows, ${count(evidence.holdout.positives)} positive. Confidence of every proof: ${evidence.confidence}.</p>
<section><h2>Rules</h2>${rules(judgement.outcomes)}</section>
<section><h2>Metrics</h2>${metrics(report)}</section>
<section><h2>Slices</h2>${slices(report)}</section>
<section><h2>Data contract</h2>${findings(report)}</section>
<section><h2>Lineage</h2>${lineage(report)}</section>
</main>
</body>
</html>
`;
  return page.markup;
}

function rules(outcomes: readonly RuleOutcome[]): Html {
  return rowsTable(
    ["", "rule", "seen"],
    outcomes.map((outcome) => [
      outcomeIcon(outcome),
      `${outcome.rule.metric} ${outcome.rule.kind} ${outcome.rule.threshold}`,
      outcome.rowsNeeded === null
        ? outcome.reason
        : `${outcome.reason}; about ${count(outcome.rowsNeeded)} rows would settle it`,
    ]),
  );
}

function metrics({ evidence }: ModelReport): Html {
  const against = evidence.baseline === null ? "baseline" : baselineName(evidence.baseline);
  return rowsTable(
    ["", "metric", against, "candidate", "difference", "95 % interval", "method"],
    evidence.comparisons.map((row) => [
      movement(row),
      `${row.metric} ${row.direction === "higher-is-better" ? "↑" : "↓"}`,
      row.baseline === null ? "–" : value(row.baseline),
      value(row.candidate),
      row.difference === null ? "–" : signed(row.difference),
      interval(row),
      row.test?.method ?? "point value only",
    ]),
  );
}

function slices({ evidence }: ModelReport): Html {
  if (evidence.slices.length === 0) return html`<p>None were compared.</p>`;
  return rowsTable(
    ["slice", "rows", "baseline", "candidate", "difference", "95 % interval"],
    evidence.slices.map(({ column, value: text, rows, tooFew, comparison }) => [
      `${column} = ${text}`,
      count(rows),
      ...(tooFew
        ? ["–", "–", "too few rows", ""]
        : [
            value(comparison.baseline),
            value(comparison.candidate),
            comparison.difference === null ? "–" : signed(comparison.difference),
            interval(comparison),
          ]),
    ]),
  );
}

function interval({ interval: bounds }: Comparison): string {
  return bounds === null ? "" : `${signed(bounds.lower)}\u00a0…\u00a0${signed(bounds.upper)}`;
}

function findings({ evidence }: ModelReport): Html {
  if (evidence.contract === "none") return html`<p>The model has none.</p>`;
  if (evidence.contract === "not-checked") return html`<p>Not checked in this run.</p>`;
  if (evidence.findings.length === 0) return html`<p>Every check passes.</p>`;
  return rowsTable(
    ["severity", "finding", "next step"],
    evidence.findings.map(({ severity, sentence, nextStep }) => [severity, sentence, nextStep]),
  );
}

function lineage({ evidence }: ModelReport): Html {
  const { candidate, baseline, holdout, tool, createdAt } = evidence;
  const size = candidate.files.reduce((sum, file) => sum + file.size, 0);
  return rowsTable(
    ["", ""],
    [
      ["model", candidate.digest],
      ["baseline", baseline?.digest ?? "none yet"],
      ["commit", candidate.lineage.commit ?? "unknown"],
      ["command", candidate.lineage.command],
      ["training data", candidate.lineage.data.train],
      ["holdout", holdout.digest],
      ["trained in", `${seconds(candidate.lineage.trainingSeconds)} on ${candidate.lineage.platform}`],
      ["size", `${bytes(size)} in ${plural(candidate.files.length, "file")}`],
      ["judged by", `${tool}, ${createdAt}`],
    ],
  );
}

function rowsTable(head: readonly string[], rows: readonly (readonly string[])[]): Html {
  const headCells = head.map((cell) => html`<th scope="col">${cell}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${visible(cell, 1_000)}</td>`)}</tr>\n`);
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${headCells}</tr></thead><tbody>\n${body}</tbody></table></div>`;
}
