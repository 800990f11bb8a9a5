import { type Alias, aliasOf } from "./aliases.ts";
import type { ClaimedSplit } from "./claims.ts";
import * as foreign from "./foreign-words.ts";
import { keyRefusal, wordsOf } from "./key-words.ts";
import { isOperational } from "./operational.ts";

export interface MetricWord {
  readonly alias: Alias;
  /** The alias' name with what the key adds to it, as in mae_north. */
  readonly name: string;
  readonly isQualified: boolean;
  /** scikit-learn's neg_ scorers: the sign is turned, and so is the direction. */
  readonly isNegated: boolean;
}

/** What one key of a metrics file says about the number below it. */
export interface KeyMeaning {
  readonly words: readonly string[];
  readonly kind: "metric" | "operational" | "section" | "other" | "skipped";
  readonly reason?: string;
  readonly metric?: MetricWord;
  readonly split?: ClaimedSplit;
  readonly isBest?: true;
  readonly average?: string;
  /** The words that are left of a key of kind `other`. */
  readonly rest?: readonly string[];
}

/** Longer keys are sentences; nobody writes a metric in so many words. */
const MAX_WORDS = 12;

type Modifier = Pick<KeyMeaning, "split" | "isBest" | "average">;

export function keyMeaning(key: string): KeyMeaning {
  const words = wordsOf(key);
  if (isTransparent(key)) return { words, kind: "section", ...splitOfFile(words) };
  const refusal = keyRefusal(key);
  if (refusal !== undefined) return { words, kind: "skipped", reason: refusal };
  const exact = metricWord(words);
  if (exact !== undefined) return { words, kind: "metric", metric: exact };
  if (isOperational(words)) return { words, kind: "operational" };
  const { rest, modifier } = strip(words);
  const reason = metricWord(rest) === undefined ? (foreign.notAMetric(words) ?? foreign.notAMetric(rest)) : undefined;
  return { ...modifier, ...meaningOf(words, rest, reason) };
}

function meaningOf(words: readonly string[], rest: readonly string[], reason: string | undefined): KeyMeaning {
  if (rest.length === 0) return { words, kind: "section" };
  if (reason !== undefined) return { words, kind: "skipped", reason };
  const metric = metricWord(rest) ?? qualifiedMetric(rest);
  return metric === undefined ? { words, kind: "other", rest } : { words, kind: "metric", metric };
}

/** DVC nests by file; an empty key is its name for "here". */
function isTransparent(key: string): boolean {
  return key === "" || /\.(?:json|ya?ml|toml|csv|txt)$/i.test(key);
}

function metricWord(words: readonly string[]): MetricWord | undefined {
  const alias = aliasOf(words);
  if (alias !== undefined) return { alias, name: alias.name, isQualified: false, isNegated: false };
  const positive = words[0] === "neg" || words[0] === "negative" ? aliasOf(words.slice(1)) : undefined;
  if (positive === undefined) return undefined;
  return { alias: positive, name: `neg_${positive.name}`, isQualified: false, isNegated: true };
}

/** The longest known metric at the start of a key, else at its end. */
function qualifiedMetric(words: readonly string[]): MetricWord | undefined {
  if (words.length > MAX_WORDS) return undefined;
  const sizes = words.slice(1).map((_, at) => words.length - 1 - at);
  for (const size of sizes) {
    const alias = aliasOf(words.slice(0, size));
    if (alias !== undefined) return qualified(alias, [alias.name, ...words.slice(size)]);
  }
  for (const size of sizes) {
    const alias = aliasOf(words.slice(-size));
    if (alias !== undefined) return qualified(alias, [...words.slice(0, -size), alias.name]);
  }
  return undefined;
}

function qualified(alias: Alias, parts: readonly string[]): MetricWord {
  return { alias, name: parts.join("_"), isQualified: true, isNegated: false };
}

/** Takes words such as test, best and macro from both ends until a known metric or nothing of the kind is left. */
function strip(words: readonly string[]): { readonly rest: readonly string[]; readonly modifier: Modifier } {
  let rest = words;
  let modifier: Modifier = {};
  while (rest.length > 0 && metricWord(rest) === undefined) {
    const first = modifierOf(rest[0]);
    const found = first ?? modifierOf(rest.at(-1));
    if (found === undefined) break;
    modifier = { ...modifier, ...found };
    rest = first === undefined ? rest.slice(0, -1) : rest.slice(1);
  }
  return { rest, modifier };
}

/** Of a file's name only this much is told: folders called eval or best hold any kind of number. */
function splitOfFile(words: readonly string[]): Modifier {
  if (words.some((word) => foreign.TEST.has(word))) return { split: "test" };
  return words.some((word) => foreign.TRAIN.has(word)) ? { split: "train" } : {};
}

function modifierOf(word = ""): Modifier | undefined {
  if (foreign.TEST.has(word)) return { split: "test" };
  if (foreign.VALIDATION.has(word)) return { split: "validation" };
  if (foreign.CROSS_VALIDATION.has(word)) return { split: "cross-validation" };
  if (foreign.TRAIN.has(word)) return { split: "train" };
  if (foreign.BEST.has(word)) return { isBest: true };
  if (foreign.AVERAGES.has(word)) return { average: word };
  return foreign.CONTAINERS.has(word) ? {} : undefined;
}
