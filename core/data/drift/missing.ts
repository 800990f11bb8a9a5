import { chiSquareTest } from "./contingency.ts";

/** Rows without a value, on one side. */
export interface MissingRows {
  readonly missing: number;
  readonly rows: number;
}

export interface MissingChange {
  /** Rows without a value. */
  readonly reference: number;
  readonly current: number;
  /** Shares of all rows; null without rows. */
  readonly rate_reference: number | null;
  readonly rate_current: number | null;
  /** Current less reference, in percentage points. */
  readonly change_points: number | null;
  /** χ² of one degree of freedom with Yates' correction; null when all rows, or none, have a value. */
  readonly statistic: number | null;
  readonly p_value: number | null;
}

/**
 * Whether values are missing more or less often: a two-proportion test on the table of missing and present rows. No
 * index over the values can show it.
 */
export function missingChange(reference: MissingRows, current: MissingRows): MissingChange {
  const [before, now] = [rate(reference), rate(current)];
  const test = before === null || now === null ? null : missingTest(reference, current);
  return {
    reference: reference.missing,
    current: current.missing,
    rate_reference: before,
    rate_current: now,
    change_points: before === null || now === null ? null : 100 * (now - before),
    statistic: test?.statistic ?? null,
    p_value: test?.p_value ?? null,
  };
}

function rate({ missing, rows }: MissingRows): number | null {
  return rows === 0 ? null : missing / rows;
}

function missingTest(reference: MissingRows, current: MissingRows): { statistic: number; p_value: number } | null {
  const missing = reference.missing + current.missing;
  if (missing === 0 || missing === reference.rows + current.rows) return null;
  return chiSquareTest({
    reference: [reference.missing, reference.rows - reference.missing],
    current: [current.missing, current.rows - current.missing],
  });
}
