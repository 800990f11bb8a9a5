import { kolmogorovRowsSurvival } from "../../statistics/kolmogorov-rows.ts";
import { exactSmirnovP } from "../../statistics/smirnov-paths.ts";

/** Ascending values, and how many rows they stand for. */
export interface Sample {
  readonly values: Float64Array;
  readonly rows: number;
}

export interface KolmogorovSmirnov {
  /** Largest distance between the two distribution functions, in [0, 1]. */
  readonly statistic: number;
  readonly p_value: number;
  readonly method: "exact" | "asymptotic";
}

/** The largest size at which p is counted exactly, as scipy's method="auto" has it. */
export const EXACT_ROWS = 10_000;

/**
 * Two-sided two-sample Kolmogorov–Smirnov test. D is taken between right-continuous distribution functions, so ties
 * are compared whole. p is exact up to 10,000 rows in each sample; beyond, that of one sample of nm/(n + m) rows, which
 * is what scipy.stats.ks_2samp(method="auto") takes for it. Both samples need a value.
 * Sources: Smirnov 1939; Hodges 1958; Simard & L'Ecuyer 2011.
 */
export function kolmogorovSmirnov(reference: Sample, current: Sample): KolmogorovSmirnov {
  const statistic = distance(reference.values, current.values);
  const [n, m] = [reference.rows, current.rows];
  if (Math.max(n, m) <= EXACT_ROWS) return { statistic, p_value: exactSmirnovP(statistic, { n, m }), method: "exact" };
  const rows = halfToEven((n * m) / (n + m));
  return { statistic, p_value: kolmogorovRowsSurvival(statistic, rows), method: "asymptotic" };
}

function distance(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

// NumPy's rounding.
function halfToEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}
