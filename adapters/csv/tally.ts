import type { Check, CheckResult, KeyCheck } from "#core/data/check";
import { comparable, isOfType } from "./column-types.ts";
import type { KeyTest } from "./key-tests.ts";
import { patternTest } from "./pattern.ts";

type Verdict = "holds" | "broken" | "skipped";
type Judge = (row: readonly string[]) => Verdict;

/** Counts one check over all rows. */
export class Tally {
  #broken = 0;
  #checked = 0;
  #firstLine: number | undefined;
  readonly #judge: Judge;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  add(row: readonly string[], line: number): void {
    const verdict = this.#judge(row);
    if (verdict === "skipped") return;
    this.#checked += 1;
    if (verdict === "holds") return;
    this.#broken += 1;
    this.#firstLine ??= line;
  }

  result(): CheckResult {
    return { broken: this.#broken, checked: this.#checked, firstLine: this.#firstLine };
  }
}

type ValueCheck = Exclude<Check, KeyCheck>;

/** Looks at several values of a row, or at other rows. */
export function isOfKeys(check: Check): check is KeyCheck {
  return check.kind === "unique" || check.kind === "distinct-rows" || check.kind === "exists-in";
}

/** What a check of keys asks of a row. */
export function keyJudge(check: KeyCheck, columns: readonly string[], test: KeyTest): Judge {
  const indices = (check.kind === "distinct-rows" ? columns : check.columns).map((name) => columns.indexOf(name));
  return indices.includes(-1) ? () => "broken" : (row) => test(indices.map((index) => row[index] ?? ""));
}

/** What a check asks of a row. A check on a column the table does not have is broken by every row. */
export function judgeOf(check: ValueCheck, columns: readonly string[]): Judge {
  const test = valueTest(check);
  const index = columns.indexOf(check.column);
  if (index === -1) return () => "broken";
  if (check.kind === "present") return (row) => (row[index] === "" ? "broken" : "holds");
  return (row) => {
    const value = row[index] ?? "";
    if (value === "") return "skipped";
    return test(value) ? "holds" : "broken";
  };
}

function valueTest(check: ValueCheck): (value: string) => boolean {
  switch (check.kind) {
    case "type":
      return isOfType[check.type];
    case "between":
      return (value) => isWithin(comparable(value), check);
    case "date-between":
      return dateTest(check);
    case "length":
      return (value) => isWithin(characters(value), check);
    case "one-of": {
      const allowed = new Set(check.values);
      return (value) => allowed.has(value);
    }
    case "pattern":
      return patternTest(check.pattern);
    case "present":
      return () => true;
    default:
      return check satisfies never;
  }
}

/** What is no date breaks the check, as it breaks `type`. */
function dateTest({ min, max }: { readonly min?: string; readonly max?: string }): (value: string) => boolean {
  const from = min === undefined ? Number.NEGATIVE_INFINITY : Date.parse(min);
  const to = max === undefined ? Number.POSITIVE_INFINITY : Date.parse(max);
  return (value) => {
    const moment = isOfType.date(value) ? Date.parse(inUtc(value)) : Number.NaN;
    return moment >= from && moment <= to;
  };
}

/** A time without a zone is read as UTC, so that no machine's own zone decides. */
function inUtc(text: string): string {
  const iso = text.replace(" ", "T");
  return iso.includes("T") && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? `${iso}Z` : iso;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function isWithin(value: number | bigint | undefined, { min, max }: Bounds): boolean {
  return value !== undefined && (min === undefined || value >= min) && (max === undefined || value <= max);
}

/** Characters as people count them in a schema: code points. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
