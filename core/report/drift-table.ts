import type { ColumnDrift, DriftResult, DriftVerdict } from "../data/drift/drift-result.ts";
import { pText } from "../data/drift/drift-sentence.ts";
import { code, details, plain, table } from "./markdown.ts";
import { count, plural, signed } from "./numbers.ts";

const ICONS: Record<DriftVerdict, string> = {
  drifted: "⚠️",
  "not comparable": "❔",
  "too few rows": "⏸️",
  noise: "➖",
  "no drift": "✅",
};

const WORST_FIRST: readonly DriftVerdict[] = ["drifted", "not comparable", "too few rows", "noise", "no drift"];

const LONGEST_TABLE = 30;
const LONGEST_LIST = 10;

/** The drift of every column for the comment: the worst first, each with its effect as a bar. */
export function driftSection(result: DriftResult): string {
  if (result.columns.length === 0) return details("<b>Drift</b>: no columns were compared", "Nothing to report.");
  const ordered = [...result.columns].sort((a, b) => rank(a) - rank(b) || size(b) - size(a));
  const drifted = ordered.filter(({ verdict }) => verdict === "drifted");
  const worst = ordered[0]?.verdict ?? "no drift";
  const title = `${ICONS[worst]} <b>Drift</b>: ${titleWords(result.columns)}`;
  const said = ordered.filter(isTold).slice(0, LONGEST_LIST);
  const lines = said.map(({ sentence }) => `- ${sentenceText(sentence)}`).join("\n");
  const body = [lines, driftTable(ordered), footnote(result)].filter((part) => part !== "").join("\n\n");
  return details(title, body, drifted.length > 0 ? "open" : "folded");
}

function titleWords(columns: readonly ColumnDrift[]): string {
  const drifted = columns.filter(({ verdict }) => verdict === "drifted").length;
  const unsure = columns.filter(({ verdict }) => verdict === "too few rows" || verdict === "not comparable").length;
  const tail = unsure === 0 ? "" : `, ${unsure} cannot be told`;
  return `${drifted} of ${plural(columns.length, "column")} drifted${tail}`;
}

function isTold({ verdict, unseen_categories: unseen }: ColumnDrift): boolean {
  return verdict === "drifted" || verdict === "not comparable" || verdict === "too few rows" || (unseen ?? 0) > 0;
}

// Sentences may be long; the escaper cuts at what a table cell holds, so each part of one is escaped by itself.
function sentenceText(sentence: string): string {
  return sentence.split("; ").map(plain).join("; ");
}

function driftTable(columns: readonly ColumnDrift[]): string {
  const rows = columns
    .slice(0, LONGEST_TABLE)
    .map((column) => [
      `${ICONS[column.verdict]} ${column.verdict}`,
      code(column.name),
      effectText(column),
      bar(column.effect),
      pText(column.p_adjusted).replace("<", "&lt;").replace("unknown", "–"),
      column.psi === null ? "–" : column.psi.toFixed(3),
      missingText(column),
      `${count(column.n_reference)} → ${count(column.n_current)}`,
    ]);
  const shown = table(
    ["", "column", "effect", "", "adjusted p", "PSI", "missing, points", "rows"],
    [":--", ":--", ":--", ":--", "--:", "--:", "--:", "--:"],
    rows,
  );
  const hidden = columns.length - rows.length;
  return hidden > 0 ? `${shown}\n\nAnd ${plural(hidden, "column")} with less drift.` : shown;
}

function effectText({ kind, effect, ks }: ColumnDrift): string {
  if (effect === null) return "–";
  if (kind === "categorical") return `V ${effect.toFixed(3)}`;
  const bound = ks?.error_bound ?? 0;
  return `D ${effect.toFixed(3)}${bound > 0 ? ` ± ${Number(bound.toPrecision(2))}` : ""}`;
}

function missingText({ missing }: ColumnDrift): string {
  return missing.change_points === null ? "–" : signed(missing.change_points);
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const BLOCKS = 8;

/** Eight blocks are an effect of one; an effect at the floor of 0.1 is about one block. */
function bar(effect: number | null): string {
  const eighths = Math.round(Math.min(1, effect ?? 0) * BLOCKS * EIGHTHS.length);
  const text = "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
  return text === "" ? "" : code(text);
}

function footnote({ conventions, tests }: DriftResult): string {
  const floors = `D ≥ ${conventions["ks_floor"]}, Cramér's V ≥ ${conventions["cramers_v_floor"]} or ${conventions["missing_points_floor"]} points`;
  return `<sub>Drifted: adjusted p &lt; ${conventions["q"]} over ${plural(tests, "test")}, and ${floors}.</sub>`;
}

function rank({ verdict }: ColumnDrift): number {
  return WORST_FIRST.indexOf(verdict);
}

function size({ effect }: ColumnDrift): number {
  return effect ?? 0;
}
