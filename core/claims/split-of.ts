import type { ClaimedSplit } from "./claims.ts";
import type { KeyMeaning } from "./key-meaning.ts";

/** Any word of cross-validation counts, since its scores are called test scores; else the innermost key decides. */
export function splitOf(meanings: readonly KeyMeaning[]): ClaimedSplit {
  const splits = meanings.flatMap(({ split }) => (split === undefined ? [] : [split]));
  return splits.includes("cross-validation") ? "cross-validation" : (splits.at(-1) ?? "unstated");
}
