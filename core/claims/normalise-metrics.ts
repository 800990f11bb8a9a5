import { choosePrimary } from "./choose-primary.ts";
import type { ClaimedMetric, Claims, MetricsSource } from "./claims.ts";
import { byRawKey, place, withDistinctNames } from "./distinct-names.ts";
import { leavesOf } from "./leaves.ts";
import type { RankedClaim } from "./ranked-claim.ts";
import { readLeaf } from "./read-leaf.ts";

/**
 * The metrics in a parsed metrics file of any of the shapes people have. Never throws on JSON; what is not taken is
 * told with its reason, and the order of keys does not matter.
 */
export function normaliseMetrics(document: unknown, source: MetricsSource): Claims {
  const { leaves, ignored } = leavesOf(document);
  const read = leaves.map(readLeaf);
  const named = withDistinctNames(read.flatMap((each) => ("claim" in each ? [each.claim] : [])));
  const claims = [...named.claims].sort(byImportance);
  const primary = choosePrimary(claims, source.primaryMetric);
  return {
    source,
    metrics: claims.map(published),
    primary: publishedPrimary(primary),
    slices: read.flatMap((each) => ("slice" in each ? [each.slice] : [])).sort(byRawKey),
    ignored: [...ignored, ...named.ignored, ...read.flatMap((each) => ("ignored" in each ? [each.ignored] : []))].sort(
      byRawKey,
    ),
  };
}

function byImportance(a: RankedClaim, b: RankedClaim): number {
  return place(a) - place(b) || compare(a.preference, b.preference) || byRawKey(a, b);
}

const compare = (a: number, b: number): number => Number(a > b) - Number(a < b);

function published({ name, rawKey, split, value, direction, kind }: ClaimedMetric): ClaimedMetric {
  return { name, rawKey, split, value, direction, kind };
}

function publishedPrimary(primary: Claims["primary"]): Claims["primary"] {
  if (primary.found === "one") return { ...primary, metric: published(primary.metric) };
  return primary.found === "ambiguous" ? { ...primary, candidates: primary.candidates.map(published) } : primary;
}
