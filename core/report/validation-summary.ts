import type { ReferenceProfile } from "../data/profile/reference-profile.ts";
import type { ValidationReport } from "../data/validation-report.ts";
import { dataSection } from "./data-section.ts";
import { severityWords } from "./findings-section.ts";
import { code, table } from "./markdown.ts";
import { bytes, count } from "./numbers.ts";

/** The data check in Markdown, for a job summary. Aggregates only: no value of a row is shown. */
export function validationSummary(report: ValidationReport, profile: ReferenceProfile | undefined): string {
  const { verdict, datasets, findings } = report;
  const title = verdict === "pass" ? "✅ The data keeps its contract" : "❌ The data breaks its contract";
  const files = datasets.map(({ path, rows, bytes: size, digest }) => [
    code(path),
    count(rows),
    bytes(size),
    code(digest.slice(0, 19)),
  ]);
  return [
    `## ${title}: ${severityWords(findings)}`,
    table(["file", "rows", "size", "digest"], [":--", "--:", "--:", ":--"], files),
    dataSection(report, profile),
  ].join("\n\n");
}
