import { chiSquareSurvival } from "../../statistics/chi-square.ts";

/** Rows per category on both sides; the same categories in the same order, each with a row on one side at least. */
export interface Contingency {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

export interface ChiSquare {
  readonly statistic: number;
  /** Categories less one. */
  readonly dof: number;
  readonly p_value: number;
  /** Cells with fewer than five rows expected; where there are many, p is rough. */
  readonly small_cells: number;
}

/**
 * Chi-square test that two samples have the same shares of categories, both taken as samples: a reference is one too.
 * Yates' correction with one degree of freedom only, as scipy.stats.chi2_contingency. One category alone has nothing
 * to test: 0 with 0 degrees of freedom and p = 1.
 * Source: Pearson 1900; Yates 1934, Supplement to the Journal of the Royal Statistical Society 1(2).
 */
export function chiSquareTest(table: Contingency): ChiSquare {
  const dof = Math.max(0, table.reference.length - 1);
  const statistic = pearson(table, dof === 1 ? "yates" : "plain");
  return { statistic, dof, p_value: dof === 0 ? 1 : chiSquareSurvival(statistic, dof), small_cells: smallCells(table) };
}

/**
 * Bias-corrected Cramér's V in [0, 1], from χ² without Yates' correction. It falls as the two sides differ in size: see
 * `equalSizesV`. Undefined with one category or as many categories as rows.
 * Source: Bergsma 2013, Journal of the Korean Statistical Society 42(3).
 */
export function cramersV(table: Contingency): number | undefined {
  const rows = total(table.reference) + total(table.current);
  const spread = table.reference.length - 1;
  const phi2 = Math.max(0, pearson(table, "plain") / rows - spread / (rows - 1));
  const width = Math.min(spread - spread ** 2 / (rows - 1), 1 - 1 / (rows - 1));
  return spread > 0 && width > 0 ? Math.min(1, Math.sqrt(phi2 / width)) : undefined;
}

/**
 * Cramér's V that the same two distributions would have with equally many rows on both sides, less what chance adds:
 * φ² = ½·Σ (p − q)²/(p + q) − ¼·(K − 1)·(1/n + 1/m). The plain V of one and the same shift shrinks with √(nm)/(n + m): at
 * a million against 2,500 rows it is a tenth of what it is at 1,000 against 1,000, so a floor under it would hide every
 * drift from a large reference. This is the effect held against the floor. Undefined with one category.
 */
export function equalSizesV({ reference, current }: Contingency): number | undefined {
  const [n, m] = [total(reference), total(current)];
  const spread = reference.length - 1;
  if (spread < 1) return undefined;
  const phi2 = reference.reduce((sum, count, at) => {
    const [p, q] = [count / n, (current[at] ?? 0) / m];
    return sum + (0.5 * (p - q) ** 2) / (p + q);
  }, 0);
  return Math.sqrt(Math.min(1, Math.max(0, phi2 - (spread * (1 / n + 1 / m)) / 4)));
}

function pearson(table: Contingency, correction: "yates" | "plain"): number {
  const most = correction === "yates" ? 0.5 : 0;
  return sumOverCells(table, (observed, expected) => {
    const gap = Math.abs(observed - expected);
    return (gap - Math.min(most, gap)) ** 2 / expected;
  });
}

function smallCells(table: Contingency): number {
  return sumOverCells(table, (_, expected) => (expected < 5 ? 1 : 0));
}

function sumOverCells(
  { reference, current }: Contingency,
  term: (observed: number, expected: number) => number,
): number {
  const [n, m] = [total(reference), total(current)];
  let sum = 0;
  for (let at = 0; at < reference.length; at++) {
    const [before, now] = [reference[at] ?? 0, current[at] ?? 0];
    const share = (before + now) / (n + m);
    sum += term(before, n * share) + term(now, m * share);
  }
  return sum;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
