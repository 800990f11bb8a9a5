/** The rows that share one combination of quasi-identifiers, with rows per value of the sensitive column. */
export interface Group {
  readonly rows: number;
  /** Without a sensitive column, undefined. */
  readonly sensitive?: ReadonlyMap<string, number>;
}

export interface Anonymity {
  readonly groups: number;
  readonly rows: number;
  /** Rows of the smallest group: k-anonymity. Null without rows. */
  readonly k: number | null;
  /** Groups and rows below the k asked for. */
  readonly small_groups: number;
  readonly small_rows: number;
  /** Fewest distinct sensitive values in a group: distinct l-diversity. Null without a sensitive column. */
  readonly l_distinct: number | null;
  /** e to the smallest entropy of a group's sensitive values: entropy l-diversity. Null without a sensitive column. */
  readonly l_entropy: number | null;
}

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
    if (sensitive === undefined) continue;
    const counts = [...sensitive.values()].filter((count) => count > 0);
    distinct = smaller(distinct, counts.length);
    entropy = smaller(entropy, entropyOf(counts));
  }
  return { ...sums, k, l_distinct: distinct, l_entropy: entropy === null ? null : Math.exp(entropy) };
}

function smaller(least: number | null, value: number): number {
  return least === null ? value : Math.min(least, value);
}

/** −Σ p·ln p, in nats. */
function entropyOf(counts: readonly number[]): number {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => sum - (count / rows) * Math.log(count / rows), 0);
}
