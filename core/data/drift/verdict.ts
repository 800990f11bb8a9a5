import type { ColumnDrift, DriftVerdict } from "./drift-result.ts";
import type { DriftRule } from "./drift-rule.ts";
import type { ColumnMeasurement } from "./measure-column.ts";
import { associationRows, distanceRows, type RowsNeeded, rowsNeeded, shareRows } from "./rows-needed.ts";

/** A measured column with its adjusted p-values and the number of tests they were adjusted with. */
export interface AdjustedColumn {
  readonly measured: ColumnMeasurement;
  readonly valuesP: number | null;
  readonly missingP: number | null;
  readonly tests: number;
}

export interface Judged {
  readonly values: DriftVerdict;
  readonly missing: DriftVerdict;
  readonly rowsNeeded: RowsNeeded | null;
}

/**
 * The values and the missing values are judged apart. Significant and at the floor: drifted. Only one of the two:
 * noise. Neither: no drift, if the rows would have shown a drift at the floor; else too few rows.
 */
export function judgeColumn(column: AdjustedColumn, rule: DriftRule): Judged {
  const values = judgeValues(column, rule);
  const missing = judgeMissing(column, rule);
  if (values.verdict === "not comparable" && missing.verdict !== "drifted") {
    return { values: values.verdict, missing: "no drift", rowsNeeded: null };
  }
  return { values: values.verdict, missing: missing.verdict, rowsNeeded: larger(values.needed, missing.needed) };
}

/** The column's own verdict: the worse of the two, where drift is worse than not knowing. */
export function overall({ values, missing }: Judged): DriftVerdict {
  const order: readonly DriftVerdict[] = ["drifted", "not comparable", "too few rows", "noise", "no drift"];
  return order.find((verdict) => verdict === values || verdict === missing) ?? "no drift";
}

interface Half {
  readonly verdict: DriftVerdict;
  readonly needed: RowsNeeded | null;
}

function judgeValues({ measured, valuesP, tests }: AdjustedColumn, rule: DriftRule): Half {
  if (measured.problem === "one value only") return { verdict: "no drift", needed: null };
  if (measured.effect === null || valuesP === null) return { verdict: "not comparable", needed: null };
  const isSignificant = valuesP < rule.q;
  const isLarge = measured.effect >= (measured.kind === "numeric" ? rule.distanceFloor : rule.associationFloor);
  if (isSignificant) return { verdict: isLarge ? "drifted" : "noise", needed: null };
  const needed = rowsNeeded(effectiveRows(measured, rule, tests), measured.n_reference, measured.n_current);
  if (needed !== null) return { verdict: "too few rows", needed };
  return { verdict: isLarge ? "noise" : "no drift", needed: null };
}

function effectiveRows({ kind, chi2 }: ColumnMeasurement, rule: DriftRule, tests: number): number {
  const level = rule.q / Math.max(1, tests);
  return kind === "numeric"
    ? distanceRows(rule.distanceFloor, level)
    : associationRows(rule.associationFloor, level, (chi2?.pooled ?? chi2)?.dof ?? 0);
}

// Too few rows are told only when the rate has moved: to rule out two points of change takes thousands of rows.
function judgeMissing({ measured, missingP, tests }: AdjustedColumn, rule: DriftRule): Half {
  const { change_points: change, reference, current } = measured.missing;
  if (change === null || missingP === null) return { verdict: "no drift", needed: null };
  const isLarge = Math.abs(change) >= rule.missingPointsFloor;
  if (missingP < rule.q) return { verdict: isLarge ? "drifted" : "noise", needed: null };
  if (!isLarge) return { verdict: "no drift", needed: null };
  const [n, m] = [rowsOf(measured, "reference"), rowsOf(measured, "current")];
  const share = (reference + current) / (n + m);
  const needed = rowsNeeded(shareRows(rule.missingPointsFloor / 100, rule.q / Math.max(1, tests), share), n, m);
  return { verdict: needed === null ? "noise" : "too few rows", needed };
}

function rowsOf(measured: ColumnMeasurement, side: "reference" | "current"): number {
  return measured[`n_${side}`] + measured.missing[side];
}

function larger(a: RowsNeeded | null, b: RowsNeeded | null): ColumnDrift["rows_needed"] {
  if (a === null || b === null) return a ?? b;
  return a.each >= b.each ? a : b;
}
