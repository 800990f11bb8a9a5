import type { CategoricalProfile, NumericProfile, ReferenceProfile } from "../data/profile/reference-profile.ts";
import { code, details, table } from "./markdown.ts";
import { count, plural, value } from "./numbers.ts";

const LONGEST_TABLE = 30;

/** The columns of a dataset in numbers that many rows share: no smallest, no largest and no single value. */
export function profileSection({ rows, columns }: ReferenceProfile): string {
  const shown = columns.slice(0, LONGEST_TABLE).map((column) => profileRow(column, rows));
  const body = table(
    ["column", "kind", "missing", "distinct", "mean ± sd", "p5 … p50 … p95", "most frequent"],
    [":--", ":--", "--:", "--:", "--:", "--:", "--:"],
    shown,
  );
  const hidden = columns.length - shown.length;
  const rest = hidden > 0 ? `\n\nAnd ${plural(hidden, "column")} more in the profile's file.` : "";
  const title = `<b>Profile</b>: ${plural(rows, "row")}, ${plural(columns.length, "column")}`;
  return details(title, `${body}${rest}`);
}

function profileRow(column: NumericProfile | CategoricalProfile, rows: number): string[] {
  const head = [code(column.name), column.kind, percent(column.missing, rows)];
  return [...head, ...(column.kind === "numeric" ? numericCells(column) : categoricalCells(column))];
}

// Of fewer rows a quantile is the value of one of them.
const FEWEST_ROWS = 100;

function numericCells({ count: present, summary }: NumericProfile): string[] {
  if (summary === null) return ["–", "withheld", "–", "–"];
  const shown = ["p5", "p50", "p95"].map((name) => value(summary.quantiles[name] ?? null)).join(" … ");
  const quantiles = present < FEWEST_ROWS ? "–" : shown;
  return [count(summary.distinct), `${value(summary.mean)} ± ${value(summary.sd)}`, quantiles, "–"];
}

function categoricalCells({ count: present, distinct, top }: CategoricalProfile): string[] {
  const [first] = top;
  return [count(distinct), "–", "–", first === undefined ? "–" : percent(first.rows, present)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}
