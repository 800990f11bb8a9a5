import type { Check, CheckResult } from "../check.ts";
import type { DataMeasurement } from "../data-measurement.ts";
import { type Found, findingOf, shortName } from "../finding.ts";
import type { Part, Requirement } from "../requirement.ts";

interface Answered {
  readonly requirement: Requirement;
  readonly results: readonly CheckResult[];
}

/**
 * What the counted requirements break: one finding for each kind and column, the most severe. A column the file does
 * not have is told elsewhere.
 * @param measurement of exactly `checksOf(requirements)`
 */
export function requirementFindings(
  requirements: readonly Requirement[],
  measurement: Pick<DataMeasurement, "rows" | "columns" | "results">,
): readonly Found[] {
  const present = new Set(measurement.columns);
  const answered = answers(requirements, measurement.results).filter(({ requirement, results }) =>
    requirement.parts.every(({ check }, at) => results[at] !== undefined && hasColumns(check, present)),
  );
  const typed = wrongTypes(answered);
  const found = answered.flatMap((one) => (isOfWrongType(one, typed) ? [] : foundIn(one, measurement.rows)));
  return onePerKind(found);
}

function answers(requirements: readonly Requirement[], results: readonly CheckResult[]): Answered[] {
  let next = 0;
  return requirements.map((requirement) => {
    const from = next;
    next += requirement.parts.length;
    return { requirement, results: results.slice(from, next) };
  });
}

export function checkedColumns(check: Check): readonly string[] {
  if (check.kind === "distinct-rows") return [];
  return check.kind === "unique" || check.kind === "exists-in" ? check.columns : [check.column];
}

function hasColumns(check: Check, present: ReadonlySet<string>): boolean {
  return checkedColumns(check).every((column) => present.has(column));
}

/** Rows of the wrong type, by column. */
function wrongTypes(answered: readonly Answered[]): ReadonlyMap<string, number> {
  return new Map(
    answered.flatMap(({ requirement, results }) => {
      const check = requirement.parts[0]?.check;
      return check?.kind === "type" ? [[check.column, results[0]?.broken ?? 0]] : [];
    }),
  );
}

/** What is no number is out of every range too: that is one fault, not two. */
function isOfWrongType({ requirement, results }: Answered, typed: ReadonlyMap<string, number>): boolean {
  const [part] = requirement.parts;
  if (part?.of !== "broken" || (part.check.kind !== "between" && part.check.kind !== "date-between")) return false;
  const broken = results[0]?.broken ?? 0;
  return broken > 0 && broken === typed.get(part.check.column);
}

function foundIn({ requirement, results }: Answered, rows: number): Found[] {
  const { parts, limit, unit, findingId, breach, severity, method, at } = requirement;
  const counted = parts.reduce((sum, { of }, index) => sum + rowsOf(results[index], of), 0);
  const checked = results[0]?.checked ?? 0;
  const share = checked === 0 ? 0 : (100 * counted) / checked;
  const value = unit === "percent" ? share : counted;
  if (limit.holds(value)) return [];
  const line = results.flatMap(({ firstLine }) => firstLine ?? []).sort((a, b) => a - b)[0];
  const isBroken = parts.every(({ of }) => of === "broken");
  const columns = parts[0] === undefined ? [] : checkedColumns(parts[0].check);
  const seen = `${counted} of ${checked} (${share.toFixed(1)} %)`;
  const finding = findingOf({
    id: findingId,
    severity,
    column: columns.length === 0 ? null : columns.join(", "),
    sentence: `${subject(columns)}: ${seen} ${breach}; ${limit.words}${unit === "percent" ? " percent" : ""}.`,
    nextStep: requirement.nextStep ?? nextStep(isBroken ? line : undefined),
    statistic: unit === "percent" ? "percent of rows" : "rows",
    value,
    threshold: limit.threshold,
    rows,
    method,
    line: isBroken ? (line ?? null) : null,
  });
  return [{ finding, at }];
}

function rowsOf(result: CheckResult | undefined, of: Part["of"]): number {
  if (result === undefined) return 0;
  if (of === "kept") return result.checked - result.broken;
  return of === "broken" ? result.broken : -result.broken;
}

function subject(columns: readonly string[]): string {
  if (columns.length === 0) return "The file";
  return `Column${columns.length === 1 ? "" : "s"} "${shortName(columns.join(", "))}"`;
}

function nextStep(line: number | undefined): string {
  return line === undefined ? "Mend the data, or change the contract." : `Look at line ${line} of the file first.`;
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

function onePerKind(found: readonly Found[]): readonly Found[] {
  const kept = new Map<string, Found>();
  for (const one of found) {
    const key = JSON.stringify([one.finding.id, one.finding.column]);
    const other = kept.get(key);
    if (other === undefined || WEIGHT[one.finding.severity] < WEIGHT[other.finding.severity]) kept.set(key, one);
  }
  return [...kept.values()];
}
