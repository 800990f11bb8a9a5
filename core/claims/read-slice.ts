import { type Alias, aliasOf } from "./aliases.ts";
import { VALUES } from "./foreign-words.ts";
import { type KeyMeaning, keyMeaning } from "./key-meaning.ts";
import { isMetricName } from "./key-words.ts";
import { type Leaf, rawKeyOf } from "./leaves.ts";
import type { ReadLeaf } from "./ranked-claim.ts";
import { sliceSection } from "./slice-section.ts";
import { splitOf } from "./split-of.ts";

interface Inside {
  readonly leaf: Leaf;
  readonly value: number;
  /** Place of the section's key in the path. */
  readonly section: number;
}

/** A number below a key such as per_class: one key names the metric, the others the slice, whatever their order. */
export function readSlice({ leaf, value, section }: Inside): ReadLeaf {
  const rawKey = rawKeyOf(leaf.path);
  const ignored = (reason: string): ReadLeaf => ({ ignored: { rawKey, reason } });
  const outer = leaf.path.slice(0, section).map(keyMeaning);
  const inner = innerKeys(leaf.path.slice(section + 1));
  const skipped = [...outer, ...inner.slice(1).slice(-1).map(keyMeaning)].find(({ kind }) => kind === "skipped");
  if (skipped !== undefined) return ignored(skipped.reason ?? "");
  const { by, metric = [] } = sliceSection(leaf.path[section] ?? "") ?? {};
  const found = metricIn(inner) ?? outside(metric, outer) ?? unknownMetric(inner);
  if (found === undefined) return ignored("no metric is named");
  const label = inner.filter((_, at) => at !== found.at).join(" / ");
  if (!isMetricName(found.name)) return ignored("no metric name can be made of the key");
  const { name, direction } = found;
  const slice = by === undefined ? label : `${by}=${label}`;
  return { slice: { name, rawKey, split: splitOf(outer), value, direction, kind: "quality", slice } };
}

interface Found {
  readonly name: string;
  readonly direction: Alias["direction"] | "unknown";
  /** Its place among the inner keys; none when it is named outside. */
  readonly at?: number;
}

function innerKeys(keys: readonly string[]): readonly string[] {
  const last = keyMeaning(keys.at(-1) ?? "").words.join("_");
  return keys.length > 2 && VALUES.has(last) ? keys.slice(0, -1) : keys;
}

/** The innermost known metric; a lone key is a slice's name even when it reads like one. */
function metricIn(keys: readonly string[]): Found | undefined {
  if (keys.length < 2) return undefined;
  const meanings = keys.map(keyMeaning);
  const at = meanings.findLastIndex(({ kind }) => kind === "metric");
  return at < 0 ? undefined : { ...named(meanings[at]), at };
}

function outside(words: readonly string[], outer: readonly KeyMeaning[]): Found | undefined {
  const alias = aliasOf(words);
  if (alias !== undefined) return alias;
  const metric = outer.findLast(({ kind }) => kind === "metric");
  return metric === undefined ? undefined : named(metric);
}

function unknownMetric(keys: readonly string[]): Found | undefined {
  if (keys.length < 2) return undefined;
  const { rest = [] } = keyMeaning(keys.at(-1) ?? "");
  return rest.length === 0 ? undefined : { name: rest.join("_"), direction: "unknown", at: keys.length - 1 };
}

function named(meaning: KeyMeaning | undefined): Found {
  const metric = meaning?.metric;
  return {
    name: metric?.name ?? "",
    direction: metric?.isNegated ? "unknown" : (metric?.alias.direction ?? "unknown"),
  };
}
