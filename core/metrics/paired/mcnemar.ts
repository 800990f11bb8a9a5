import { normalQuantile } from "../../statistics/normal.ts";
import { type BinaryRows, DECISION_THRESHOLD } from "../binary/binary-rows.ts";
import type { Paired, PairedDifference } from "./paired.ts";

/**
 * McNemar's exact test on the rows only one model decides rightly, and Tango's score interval for the difference of
 * two paired proportions. Undefined without rows.
 * Sources: McNemar 1947, Psychometrika 12(2); Tango 1998, Statistics in Medicine 17(8).
 */
export function mcnemar({ candidate, baseline }: Paired<BinaryRows>): PairedDifference | undefined {
  const rows = candidate.labels.length;
  if (rows === 0) return undefined;
  const right = ({ labels, scores }: BinaryRows, row: number) =>
    Number((scores[row] ?? 0) >= DECISION_THRESHOLD) === labels[row];
  let won = 0;
  let lost = 0;
  for (let row = 0; row < rows; row++) {
    const candidateRight = right(candidate, row);
    if (candidateRight === right(baseline, row)) continue;
    if (candidateRight) won++;
    else lost++;
  }
  return {
    method: "McNemar exact, Tango interval",
    estimate: (won - lost) / rows,
    statistic: Math.min(won, lost),
    pValue: exactP(won, lost),
    interval: (level) => tangoInterval({ won, lost, rows }, normalQuantile((1 + level) / 2)),
  };
}

/** Two-sided, 2·P(X ≤ min(b, c)) for X ~ Binomial(b + c, ½), at most 1. */
function exactP(won: number, lost: number): number {
  const flips = won + lost;
  let logTerm = -flips * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= Math.min(won, lost); k++) {
    logTerm += Math.log((flips - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

interface Discordance {
  readonly won: number;
  readonly lost: number;
  readonly rows: number;
}

function tangoInterval(counts: Discordance, z: number): { lower: number; upper: number } {
  const estimate = (counts.won - counts.lost) / counts.rows;
  return {
    lower: crossing((delta) => score(counts, delta) - z, -1, estimate),
    upper: crossing((delta) => score(counts, delta) + z, estimate, 1),
  };
}

/** The score statistic of "the true difference is delta", falling in delta. */
function score({ won, lost, rows }: Discordance, delta: number): number {
  const a = 2 * rows;
  const b = -won - lost + (2 * rows - won + lost) * delta;
  const c = -lost * delta * (1 - delta);
  const lostShare = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const spread = rows * (2 * lostShare + delta * (1 - delta));
  const distance = won - lost - rows * delta;
  if (spread <= 0) return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(spread);
}

/** Where a falling function meets zero, by halving down to one part in 10¹⁵. */
function crossing(falling: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
