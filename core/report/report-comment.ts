import { type CommentState, commentState, REPORT_MARKER, remember } from "./comment-state.ts";
import { code, plain } from "./markdown.ts";
import { type ModelReport, modelReport } from "./model-report.ts";
import { VERDICT_ICONS } from "./verdict-words.ts";

/** What the bot says about a pull request's models right now. */
export type ReportComment =
  | { readonly kind: "running"; readonly headSha: string }
  /** The run ended without evidence, or with evidence that cannot be used. */
  | { readonly kind: "unusable"; readonly headSha: string; readonly problem: string }
  | { readonly kind: "judged"; readonly headSha: string; readonly reports: readonly ModelReport[] };

// GitHub refuses a comment over 65,536 characters; the rest is room for the marker and the state.
const LONGEST_COMMENT = 60_000;

/** The bot's one comment on a pull request. @param previous the body it had, or an empty text */
export function reportComment(comment: ReportComment, previous: string): string {
  const before = commentState.parse(previous);
  const state = comment.kind === "judged" ? remember(before, comment.reports.map(shown(comment.headSha))) : before;
  const text = [REPORT_MARKER, bodyOf(comment), FOOTER, history(state, comment.headSha)]
    .filter((part) => part !== "")
    .join("\n\n");
  return `${cut(text)}\n${commentState.format(state)}\n`;
}

const FOOTER = `${code("/model promote")} · ${code("/model rollback")} · ${code("/model recheck")} · ${code("/model help")}`;

function bodyOf(comment: ReportComment): string {
  const head = code(comment.headSha.slice(0, 7));
  switch (comment.kind) {
    case "running":
      return `## ⏳ Waiting for the report of ${head}\n\nValidation, training and comparison run now; this comment changes when they end.`;
    case "unusable":
      return `## ❌ No usable report for ${head}\n\n${plain(comment.problem)}`;
    case "judged":
      return comment.reports.map(modelReport).join("\n\n---\n\n");
    default:
      return comment satisfies never;
  }
}

function shown(headSha: string) {
  return ({ evidence, judgement }: ModelReport) => ({
    head: headSha.slice(0, 7),
    model: evidence.model,
    verdict: judgement.verdict,
  });
}

function history({ shown: entries }: CommentState, headSha: string): string {
  const earlier = entries.filter(({ head }) => head !== headSha.slice(0, 7));
  const list = earlier.map(({ head, verdict }) => `${code(head)} ${VERDICT_ICONS[verdict]}`).join(", ");
  return `<sub>Updated in place for ${code(headSha.slice(0, 7))}${list === "" ? "" : ` · earlier: ${list}`}</sub>`;
}

function cut(text: string): string {
  if (text.length <= LONGEST_COMMENT) return text;
  const kept = text.slice(0, text.lastIndexOf("\n", LONGEST_COMMENT));
  // Our own tags stand at the start of a line; a name that spells one does not.
  const open = (kept.match(/^<details/gm) ?? []).length - (kept.match(/^<\/details>$/gm) ?? []).length;
  return `${kept}\n${"\n</details>".repeat(Math.max(0, open))}\n\n…cut here; the whole report is in the run's artifact.`;
}
