import { didYouMean } from "../suggest.ts";
import type { PrimaryClaim } from "./claims.ts";
import { place } from "./distinct-names.ts";
import { wordsOf } from "./key-words.ts";
import type { RankedClaim } from "./ranked-claim.ts";

const TRAIN_RANK = 5;
const SHOWN_CANDIDATES = 5;

/** The number that says how good the model is, as far as the file or the configuration decides it. */
export function choosePrimary(claims: readonly RankedClaim[], configured: string | undefined): PrimaryClaim {
  const quality = claims.filter(({ kind }) => kind === "quality");
  if (configured !== undefined) return configuredPrimary(quality, configured);
  const seen = quality.filter(({ rank }) => rank < TRAIN_RANK);
  if (seen.length === 0) return { found: "none", why: nothing(quality) };
  const known = seen.filter(({ preference }) => Number.isFinite(preference));
  if (known.length === 0) return ambiguous(seen, "no key is a metric that we know, so nobody says which way it points");
  const first = Math.min(...known.map(place));
  const placed = known.filter((claim) => place(claim) === first);
  const preference = Math.min(...placed.map((claim) => claim.preference));
  const [metric, ...others] = placed.filter((claim) => claim.preference === preference);
  if (metric === undefined || others.length > 0) {
    return ambiguous([...(metric === undefined ? [] : [metric]), ...others], "several keys have an equal claim to it");
  }
  return { found: "one", metric, why: whyOf(metric, known.length) };
}

function configuredPrimary(claims: readonly RankedClaim[], configured: string): PrimaryClaim {
  const meant = claims
    .filter(({ name, path }) => name === configured || wordsOf(path.join("_")).join("_") === configured)
    .sort((a, b) => place(a) - place(b));
  const [metric] = meant;
  if (metric !== undefined) return { found: "one", metric, why: "the configuration names it" };
  const names = [...new Set(claims.map(({ name }) => name))];
  const hint = didYouMean(configured, names);
  return {
    found: "none",
    why: `the configuration's primary-metric ${configured} is not in the file${hint === "" ? "" : `. ${hint}`}`,
  };
}

function ambiguous(candidates: readonly RankedClaim[], why: string): PrimaryClaim {
  const [first] = candidates;
  const shown = candidates.slice(0, SHOWN_CANDIDATES);
  return { found: "ambiguous", candidates: shown, yamlLine: yamlLine(first?.name ?? ""), why };
}

// Words that YAML 1.1 or 1.2 reads as something else than text.
const NOT_TEXT = /^(?:null|true|false|yes|no|on|off|y|n)$/;

/** A line of a model's entry in .github/tidemark.yml. */
export function yamlLine(name: string): string {
  return `primary-metric: ${NOT_TEXT.test(name) ? `"${name}"` : name}`;
}

function nothing(quality: readonly RankedClaim[]): string {
  return quality.length === 0
    ? "the file has no metric of quality"
    : "all its metrics are of the rows the model was trained on";
}

function whyOf({ split, rank }: RankedClaim, count: number): string {
  if (split === "test") return "numbers of test rows come first";
  if (rank === 1) return "numbers of the whole or of the best model come first";
  if (count === 1) return "it is the only one we know";
  return `of ${count} known metrics it comes first in our order`;
}
