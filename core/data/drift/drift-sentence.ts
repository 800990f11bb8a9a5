import { count } from "../../report/numbers.ts";
import type { ColumnDrift } from "./drift-result.ts";
import type { DriftRule } from "./drift-rule.ts";
import type { Judged } from "./verdict.ts";

type Unsaid = Omit<ColumnDrift, "sentence">;

// Leaves room for the numbers in the 200 characters that a comment shows of one part.
const LONGEST_NAME = 60;

/** One sentence a reviewer can act on: the verdict, the effect, the p it rests on and the rows. Never a raw value. */
export function driftSentence(column: Unsaid, judged: Judged, rule: DriftRule): string {
  const parts = [
    ...valuesPart(column, judged, rule),
    ...missingPart(column, judged, rule),
    ...unseenPart(column),
    ...rowsPart(column),
  ];
  return `Column "${column.name.slice(0, LONGEST_NAME)}": ${parts.join("; ")}.`;
}

function valuesPart(column: Unsaid, { values }: Judged, rule: DriftRule): string[] {
  if (column.problem === "one value only") return ["one value only, the same on both sides"];
  if (column.problem !== null) return [`cannot be compared: ${column.problem}`];
  const rows = `${count(column.n_reference)} against ${count(column.n_current)} rows`;
  const numbers = `${effectText(column, rule)}, adjusted p ${pText(column.p_adjusted)}, ${rows}`;
  switch (values) {
    case "drifted":
      return [`its values drifted (${numbers})`];
    case "noise":
      return [`a difference that does not count as drift (${numbers})`];
    case "too few rows":
      return [`too few rows to tell (${numbers})`];
    case "not comparable":
      return [`its values cannot be compared (${rows})`];
    default:
      return [`no drift (${numbers})`];
  }
}

function effectText({ kind, effect }: Unsaid, rule: DriftRule): string {
  const [name, floor] = kind === "numeric" ? ["KS D", rule.distanceFloor] : ["Cramér's V", rule.associationFloor];
  return `${name} ${(effect ?? 0).toFixed(3)} with a floor of ${floor}`;
}

function missingPart({ missing }: Unsaid, judged: Judged, rule: DriftRule): string[] {
  const { change_points: change, rate_reference: before, rate_current: now } = missing;
  if (change === null || judged.missing === "no drift") return [];
  const rates = `${percent(before)} to ${percent(now)}`;
  const numbers = `${rates}, adjusted p ${pText(missing.p_adjusted)}, floor ${rule.missingPointsFloor} points`;
  if (judged.missing === "drifted") return [`missing values went from ${numbers}`];
  return [`missing values moved from ${numbers}: not counted as drift`];
}

function unseenPart(column: Unsaid): string[] {
  return (column.unseen_categories ?? 0) === 0 ? [] : [unseenWords(column)];
}

export function unseenWords({ unseen_categories: categories, unseen_rows: rows }: Unsaid): string {
  return `${noun(categories ?? 0, "category", "categories")} the reference does not have, in ${noun(rows ?? 0, "row", "rows")}`;
}

function rowsPart({ rows_needed: needed }: Unsaid): string[] {
  if (needed === null) return [];
  if (needed.current === null) return [`about ${count(needed.each)} rows on each side would tell`];
  return [`about ${count(needed.current)} current rows would tell`];
}

/** "< 0.0001", or two digits that count. */
export function pText(p: number | null): string {
  if (p === null) return "unknown";
  return p < 1e-4 ? "< 0.0001" : Number(p.toPrecision(2)).toString();
}

function percent(rate: number | null): string {
  return rate === null ? "unknown" : `${(100 * rate).toFixed(1)} %`;
}

function noun(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
