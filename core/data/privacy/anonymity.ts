import { z } from "zod";

/** The rows that share one combination of quasi-identifiers, with rows per value of the sensitive column. */
export interface Group {
  readonly rows: number;
  /** Without a sensitive column, undefined. Rows without a sensitive value are not in it: they give nothing away. */
  readonly sensitive?: ReadonlyMap<string, number>;
}

const Count = z.number().int().min(0);

export const Anonymity = z.strictObject({
  groups: Count,
  rows: Count,
  /** Rows of the smallest group: k-anonymity. Null without rows. */
  k: Count.nullable(),
  /** Groups and rows below the k asked for. */
  small_groups: Count,
  small_rows: Count,
  /** Fewest distinct sensitive values in a group that has any: distinct l-diversity. Null without such a group. */
  l_distinct: Count.nullable(),
  /** e to the smallest entropy of such a group's sensitive values, to ten digits: entropy l-diversity. Null without one. */
  l_entropy: z.number().min(0).nullable(),
});
export type Anonymity = z.output<typeof Anonymity>;

/**
 * How well the declared quasi-identifiers hide a row among others.
 * Sources: Sweeney 2002, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5);
 * Machanavajjhala et al. 2007, ACM Transactions on Knowledge Discovery from Data 1(1).
 */
export function anonymity(groups: Iterable<Group>, smallestGroup: number): Anonymity {
  const sums = { groups: 0, rows: 0, small_groups: 0, small_rows: 0 };
  let k: number | null = null;
  let distinct: number | null = null;
  let entropy: number | null = null;
  for (const { rows, sensitive } of groups) {
    if (rows <= 0) continue;
    sums.groups++;
    sums.rows += rows;
    k = smaller(k, rows);
    if (rows < smallestGroup) {
      sums.small_groups++;
      sums.small_rows += rows;
    }
    const counts = [...(sensitive?.values() ?? [])].filter((count) => count > 0);
    if (counts.length === 0) continue;
    distinct = smaller(distinct, counts.length);
    entropy = smaller(entropy, entropyOf(counts));
  }
  return { ...sums, k, l_distinct: distinct, l_entropy: entropy === null ? null : tenDigits(Math.exp(entropy)) };
}

// A sum's last digits depend on its order, and e to the ln 3 is not quite 3.
function tenDigits(value: number): number {
  return Number(value.toPrecision(10));
}

function smaller(least: number | null, value: number): number {
  return least === null ? value : Math.min(least, value);
}

/** −Σ p·ln p, in nats. */
function entropyOf(counts: readonly number[]): number {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => sum - (count / rows) * Math.log(count / rows), 0);
}
