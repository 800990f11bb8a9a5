import { KINDS, type KindOfPersonalData, type PersonalKind } from "./personal-kinds.ts";

/** A column's name and some of its distinct values, as text. */
export interface ColumnText {
  readonly name: string;
  readonly values: Iterable<string>;
}

/** What a column seems to hold. Never a value of it. */
export interface PersonalColumn {
  readonly column: string;
  readonly kind: PersonalKind;
  /** In [0, 1]: the share of values that match × how sure a match is, plus 0.35 when the column's name says so. */
  readonly score: number;
  readonly matched: number;
  readonly checked: number;
  readonly named: boolean;
}

export interface DetectionOptions {
  /** Smallest score that is reported. */
  readonly threshold: number;
  /** Distinct values looked at. */
  readonly sampleSize: number;
}

export const DEFAULT_DETECTION: DetectionOptions = { threshold: 0.4, sampleSize: 1_000 };

const NAME_BONUS = 0.35;
// A name such as "firstName" speaks for itself where no pattern could.
const NAME_ALONE = 0.5;
const LONGEST_VALUE = 100;

/**
 * The likeliest kind of personal data in a column by check digits, pattern and name, or undefined below the threshold.
 * Linear in the values; a value longer than 100 characters is counted but not matched.
 */
export function detectPersonalData(
  column: ColumnText,
  options: Partial<DetectionOptions> = {},
): PersonalColumn | undefined {
  const { threshold, sampleSize } = { ...DEFAULT_DETECTION, ...options };
  const sample = take(column.values, sampleSize);
  const words = wordsOf(column.name);
  const scored = KINDS.map((kind) => scoreOf(kind, { name: column.name, words, sample }));
  const best = scored.reduce((most, each) => (each.score > most.score ? each : most));
  return best.score >= threshold ? best : undefined;
}

interface Sampled {
  readonly name: string;
  readonly words: ReadonlySet<string>;
  readonly sample: readonly string[];
}

function scoreOf(kind: KindOfPersonalData, { name, words, sample }: Sampled): PersonalColumn {
  const matched = sample.filter((value) => value.length <= LONGEST_VALUE && kind.matches(value)).length;
  const share = sample.length === 0 ? 0 : matched / sample.length;
  const named = kind.context.some((word) => words.has(word));
  const byValues = kind.strength * share + (named && matched > 0 ? NAME_BONUS : 0);
  const score = Math.min(1, named && kind.strength === 0 ? NAME_ALONE : byValues);
  return { column: name, kind: kind.kind, score, matched, checked: sample.length, named };
}

function take(values: Iterable<string>, most: number): string[] {
  const taken: string[] = [];
  for (const value of values) {
    if (taken.length >= most) break;
    const text = value.trim();
    if (text !== "") taken.push(text);
  }
  return taken;
}

/** "customerFirst_name" has the words customer, first, name, and each pair and triple of neighbours joined. */
function wordsOf(name: string): ReadonlySet<string> {
  const words = name
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  return new Set(words.flatMap((_, at) => [1, 2, 3].map((length) => words.slice(at, at + length).join(""))));
}
