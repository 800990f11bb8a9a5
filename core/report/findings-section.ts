import { bySeverity, type Finding } from "../data/finding.ts";
import { details, plain } from "./markdown.ts";
import { plural } from "./numbers.ts";

const ICONS = { error: "❌", warning: "⚠️", note: "ℹ️" } as const;
const LONGEST_LIST = 30;

/** Findings, the most severe first; open when one is an error. @param pointer where the rest of a long list is */
export function findingsSection(findings: readonly Finding[], pointer: string): string {
  if (findings.length === 0) return details("✅ <b>Data contract</b>: every check passes", "Nothing to report.");
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const lines = bySeverity(findings).slice(0, LONGEST_LIST).map(line);
  const hidden = findings.length - lines.length;
  const rest = hidden > 0 ? [`\nAnd ${plural(hidden, "finding")} more ${pointer}.`] : [];
  const worst = bySeverity(findings)[0]?.severity ?? "note";
  const title = `${ICONS[worst]} <b>Data contract</b>: ${severityWords(findings)}`;
  return details(title, [...lines, ...rest].join("\n"), errors > 0 ? "open" : "folded");
}

/** "1 error, 2 warnings, 1 note", without those there are none of. */
export function severityWords(findings: readonly Finding[]): string {
  const words = (["error", "warning", "note"] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [plural(number, severity)];
  });
  return words.length === 0 ? "no findings" : words.join(", ");
}

// Sentences may be long; the escaper cuts at what a table cell holds, so each part of one is escaped by itself.
function line({ severity, sentence, nextStep }: Finding): string {
  return `- ${ICONS[severity]} ${sentence.split("; ").map(plain).join("; ")} ${plain(nextStep)}`;
}
