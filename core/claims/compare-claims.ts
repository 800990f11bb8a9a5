import { UserError } from "../errors.ts";
import { gain } from "../metrics/metric.ts";
import { code } from "../report/markdown.ts";
import type { ClaimedMetric, Claims } from "./claims.ts";

export interface ClaimedDifference {
  readonly name: string;
  readonly split: ClaimedMetric["split"];
  readonly direction: ClaimedMetric["direction"];
  readonly candidate: number;
  readonly baseline: number;
  /** Candidate minus baseline. */
  readonly difference: number;
  /** Whose number is better, which is no proof that the model is. */
  readonly ahead: "candidate" | "baseline" | "neither" | "unknown";
}

export interface ComparedClaims {
  readonly differences: readonly ClaimedDifference[];
  /** Names with their split that only one side has. */
  readonly onlyCandidate: readonly string[];
  readonly onlyBaseline: readonly string[];
  readonly caution: string;
}

export const NO_INTERVAL =
  "These are the numbers each training run claims of itself. Without both models' predictions no interval can be given, " +
  "so nobody can say whether a difference is more than chance.";

/** Point differences of the numbers both sides claim of the same split. @throws UserError CLAIMS_EQUAL */
export function compareClaims(candidate: Claims, baseline: Claims): ComparedClaims {
  if (candidate.source.digest === baseline.source.digest) throw equal(candidate, baseline);
  const ours = byKey(candidate.metrics);
  const theirs = byKey(baseline.metrics);
  return {
    differences: [...ours].flatMap(([key, claim]) => {
      const other = theirs.get(key);
      return other === undefined ? [] : [differenceOf(claim, other)];
    }),
    onlyCandidate: [...ours.keys()].filter((key) => !theirs.has(key)),
    onlyBaseline: [...theirs.keys()].filter((key) => !ours.has(key)),
    caution: NO_INTERVAL,
  };
}

const byKey = (metrics: readonly ClaimedMetric[]): ReadonlyMap<string, ClaimedMetric> =>
  new Map(metrics.map((metric) => [`${metric.name} (${metric.split})`, metric]));

function differenceOf(candidate: ClaimedMetric, baseline: ClaimedMetric): ClaimedDifference {
  const { name, split, direction } = candidate;
  const difference = candidate.value - baseline.value;
  const values = { candidate: candidate.value, baseline: baseline.value, difference };
  return { name, split, direction, ...values, ahead: aheadOf(difference, direction) };
}

function aheadOf(difference: number, direction: ClaimedMetric["direction"]): ClaimedDifference["ahead"] {
  if (difference === 0) return "neither";
  if (direction === "unknown") return "unknown";
  return gain(difference, direction) > 0 ? "candidate" : "baseline";
}

function equal(candidate: Claims, baseline: Claims): UserError {
  const files = `${code(candidate.source.path)} and ${code(baseline.source.path)}`;
  return new UserError(
    "CLAIMS_EQUAL",
    `The metrics of candidate and baseline, ${files}, are the same file.`,
    "A file compared with itself proves nothing: check that the training wrote its metrics anew and which baseline is read.",
  );
}
