import { claimedNumber } from "./claimed-number.ts";
import type { ClaimedSplit } from "./claims.ts";
import { VALUES } from "./foreign-words.ts";
import { type KeyMeaning, keyMeaning } from "./key-meaning.ts";
import { isMetricName } from "./key-words.ts";
import { type Leaf, rawKeyOf } from "./leaves.ts";
import { operationalWord } from "./operational.ts";
import type { RankedClaim, ReadLeaf } from "./ranked-claim.ts";
import { readSlice } from "./read-slice.ts";
import { sliceSection } from "./slice-section.ts";
import { splitOf } from "./split-of.ts";

const UNNAMED = Number.POSITIVE_INFINITY;

export function readLeaf(leaf: Leaf): ReadLeaf {
  const rawKey = rawKeyOf(leaf.path);
  const ignored = (reason: string): ReadLeaf => ({ ignored: { rawKey, reason } });
  const value = claimedNumber(leaf.value);
  if (value === undefined) return ignored(notANumber(leaf.value));
  const section = leaf.path.findIndex((key, at) => at < leaf.path.length - 1 && sliceSection(key) !== undefined);
  if (section >= 0) return readSlice({ leaf, value, section });
  const meanings = leaf.path.map((key, at) => (leaf.best.has(at) ? BEST : meaningAt(leaf.path, at, key)));
  const skipped = meanings.find(({ kind }) => kind === "skipped");
  if (skipped !== undefined) return ignored(skipped.reason ?? "");
  const read = claimOf(meanings);
  if (read === undefined) return ignored("no metric is named");
  if (!isMetricName(read.name)) return ignored("no metric name can be made of the key");
  return { claim: { ...read, rawKey, value, path: leaf.path.filter((_, at) => !leaf.best.has(at)) } };
}

const BEST: KeyMeaning = { words: [], kind: "section", isBest: true };

const LEARNING_RATE = { kind: "skipped", reason: "a setting, not a result" } as const;

/** The last key of {accuracy: {value: 0.9}} says nothing of its own. */
function meaningAt(path: readonly string[], at: number, key: string): KeyMeaning {
  const meaning = keyMeaning(key);
  // With a number lr is a learning rate; with numbers below it, logistic regression.
  if (at === path.length - 1 && meaning.words.includes("lr")) return { ...meaning, ...LEARNING_RATE };
  const isValue = at > 0 && at === path.length - 1 && VALUES.has(meaning.words.join("_"));
  return isValue && keyMeaning(path[at - 1] ?? "").kind !== "section"
    ? { words: meaning.words, kind: "section" }
    : meaning;
}

type Read = Omit<RankedClaim, "rawKey" | "value" | "path">;

function claimOf(meanings: readonly KeyMeaning[]): Read | undefined {
  const metricAt = meanings.findLastIndex(({ kind }) => kind === "metric");
  const operationalAt = meanings.findLastIndex(({ kind }) => kind === "operational");
  if (operationalAt > metricAt) return operationalClaim(meanings);
  const split = splitOf(meanings);
  const rank = rankOf(split, meanings);
  const metric = meanings[metricAt]?.metric;
  if (metric === undefined) return unknownClaim(meanings, { split, rank });
  const average = meanings.findLast((meaning) => meaning.average !== undefined)?.average;
  const { direction } = metric.alias;
  const turned = direction === "higher-is-better" ? "lower-is-better" : "higher-is-better";
  return {
    name: average === undefined ? metric.name : `${metric.name}_${average}`,
    split,
    direction: metric.isNegated ? turned : direction,
    kind: "quality",
    rank,
    preference: metric.alias.preference + averagePreference(average),
    isQualified: metric.isQualified || meanings.some(({ kind }, at) => kind === "other" || isOuter(kind, at, metricAt)),
  };
}

const isOuter = (kind: string, at: number, metricAt: number): boolean => kind === "metric" && at !== metricAt;

function operationalClaim(meanings: readonly KeyMeaning[]): Read {
  const words = meanings.filter(({ kind }) => kind !== "section").flatMap((meaning) => meaning.words);
  const rest = { split: "unstated", kind: "operational", rank: 0, preference: UNNAMED, isQualified: false } as const;
  return { ...operationalWord(words), ...rest };
}

function unknownClaim(
  meanings: readonly KeyMeaning[],
  where: { readonly split: ClaimedSplit; readonly rank: number },
): Read | undefined {
  const last = meanings.findLast(({ kind }) => kind === "other");
  if (last === undefined) return undefined;
  const isQualified = meanings.filter(({ kind }) => kind === "other").length > 1;
  const name = (last.rest ?? []).join("_").replace(/^(?=\d)/, "metric_");
  return { ...where, name, direction: "unknown", kind: "quality", preference: UNNAMED, isQualified };
}

function rankOf(split: ClaimedSplit, meanings: readonly KeyMeaning[]): number {
  const isBest = meanings.some((meaning) => meaning.isBest);
  const ranks = { test: 0, unstated: isBest ? 1 : 2, validation: 3, "cross-validation": 4, train: 5 };
  return ranks[split];
}

/** Of one metric averaged in several ways, macro comes first: it hides no small class. */
function averagePreference(average: string | undefined): number {
  return average === undefined ? 0 : ({ macro: 0.1, weighted: 0.2, micro: 0.3 }[average] ?? 0.4);
}

function notANumber(value: unknown): string {
  if (typeof value === "number") return "not a finite number";
  if (typeof value !== "string") return `${value === null ? "empty" : `a ${typeof value}`}, not a number`;
  return /^[-+]?(?:nan|inf|infinity)$/i.test(value.trim()) ? "not a finite number" : "text, not a number";
}
