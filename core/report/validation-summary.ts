import type { ValidationReport } from "../data/validation-report.ts";
import { code, plain, table } from "./markdown.ts";
import { bytes, count, plural } from "./numbers.ts";

const ICONS = { error: "❌", warning: "⚠️", note: "ℹ️" } as const;
const MOST_FINDINGS = 100;

/** The data check in Markdown, for a job summary. Aggregates only: no value of a row is shown. */
export function validationSummary({ verdict, datasets, findings }: ValidationReport): string {
  const title = verdict === "pass" ? "✅ The data keeps its contract" : "❌ The data breaks its contract";
  const files = datasets.map(({ path, rows, bytes: size, digest }) => [
    code(path),
    count(rows),
    bytes(size),
    code(digest.slice(0, 19)),
  ]);
  const shown = findings
    .slice(0, MOST_FINDINGS)
    .map(({ severity, sentence, nextStep }) => `- ${ICONS[severity]} ${plain(sentence)} ${plain(nextStep)}`);
  return [
    `## ${title}`,
    table(["file", "rows", "size", "digest"], [":--", "--:", "--:", ":--"], files),
    findings.length === 0 ? "Every check passes." : `${plural(findings.length, "finding")}:\n\n${shown.join("\n")}`,
  ].join("\n\n");
}
