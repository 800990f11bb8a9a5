import type { IgnoredKey } from "./claims.ts";
import { keyMeaning } from "./key-meaning.ts";
import { isMetricName, wordsOf } from "./key-words.ts";
import type { RankedClaim } from "./ranked-claim.ts";

interface Named {
  readonly claims: readonly RankedClaim[];
  readonly ignored: readonly IgnoredKey[];
}

/** Gives several numbers of one name and split names of their own, made of all their keys. */
export function withDistinctNames(claims: readonly RankedClaim[]): Named {
  const groups = [...Map.groupBy(claims, ({ name, split }) => `${name} ${split}`).values()];
  const taken = new Set<string>();
  const kept: RankedClaim[] = [];
  const ignored: IgnoredKey[] = [];
  for (const { claim, reason } of groups.flatMap(apart)) {
    const key = `${claim.name} ${claim.split}`;
    const refused =
      reason ?? (taken.has(key) || !isMetricName(claim.name) ? "another number has the same name" : undefined);
    if (refused !== undefined) ignored.push({ rawKey: claim.rawKey, reason: refused });
    else kept.push(claim);
    taken.add(key);
  }
  return { claims: kept, ignored };
}

interface Apart {
  readonly claim: RankedClaim;
  readonly reason?: string;
}

/** The best placed keeps the name alone, however many keys say the same number; of two that differ none does. */
function apart(group: readonly RankedClaim[]): readonly Apart[] {
  const [first, ...others] = [...group].sort((a, b) => place(a) - place(b));
  if (first === undefined) return [];
  if (others.length === 0) return [{ claim: first }];
  const sorted = [first, ...others];
  const rivals = sorted.filter((claim) => place(claim) === place(first));
  const ours = fullName(first, asKnown);
  const isOne = rivals.every((claim) => claim.value === first.value && fullName(claim, asKnown) === ours);
  const known = sorted.map((claim) => fullName(claim, asKnown));
  // Two spellings of one metric side by side differ only as they are written.
  const wordOf = new Set(known).size === known.length ? asKnown : asWritten;
  return sorted.map((claim, at) => {
    if (isOne && at === 0) return { claim };
    if (isOne && at < rivals.length) return { claim, reason: `the same number as ${first.rawKey}` };
    return { claim: { ...claim, name: fullName(claim, wordOf) } };
  });
}

export const place = ({ rank, isQualified }: RankedClaim): number => rank + (isQualified ? 0.5 : 0);

/** random_forest.roc_auc: a dot parts the keys, an underscore their words. */
function fullName({ path }: RankedClaim, wordOf: (key: string) => string): string {
  return path
    .filter(isTelling)
    .map(wordOf)
    .join(".")
    .replace(/^(?=\d)/, "metric_");
}

const asWritten = (key: string): string => wordsOf(key).join("_");

function asKnown(key: string): string {
  const { metric, average } = keyMeaning(key);
  if (metric === undefined) return asWritten(key);
  return average === undefined ? metric.name : `${metric.name}_${average}`;
}

/** Keys such as results and metrics stand in every file. */
function isTelling(key: string): boolean {
  const { kind, split, isBest, average } = keyMeaning(key);
  return kind !== "section" || split !== undefined || isBest === true || average !== undefined;
}

export const byRawKey = (a: { readonly rawKey: string }, b: { readonly rawKey: string }): number =>
  Number(a.rawKey > b.rawKey) - Number(a.rawKey < b.rawKey);
