import type { ClaimedMetric, ClaimedSlice, IgnoredKey } from "./claims.ts";

/** A claim with what decides between several of one name. */
export interface RankedClaim extends ClaimedMetric {
  /** Less is better: test, best, plain, validation, cross-validation, train. */
  readonly rank: number;
  /** Place of the metric in the table of aliases; infinite for one that is not there. */
  readonly preference: number;
  /** Whether the keys say more than the metric: a model, a column, a class. */
  readonly isQualified: boolean;
  readonly path: readonly string[];
}

export type ReadLeaf =
  | { readonly claim: RankedClaim }
  | { readonly slice: ClaimedSlice }
  | { readonly ignored: IgnoredKey };
