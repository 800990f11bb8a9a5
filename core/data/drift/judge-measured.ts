import { benjaminiHochberg, holm } from "../../statistics/adjust-p-values.ts";
import type { ColumnDrift, DriftResult } from "./drift-result.ts";
import { conventions, DEFAULT_DRIFT_RULE, type DriftRule } from "./drift-rule.ts";
import { driftSentence } from "./drift-sentence.ts";
import type { ColumnMeasurement } from "./measure-column.ts";
import { judgeColumn, overall } from "./verdict.ts";

/** The verdicts on measured columns, their p-values adjusted together. */
export function judgeMeasured(measured: readonly ColumnMeasurement[], options: Partial<DriftRule> = {}): DriftResult {
  const rule = { ...DEFAULT_DRIFT_RULE, ...options };
  const tests = measured.flatMap((column) => [valuesP(column), column.missing.p_value]);
  const adjusted = adjust(tests, rule);
  const count = tests.filter((p) => p !== null).length;
  const columns = measured.map((column, at): ColumnDrift => {
    const [valuesAdjusted = null, missingAdjusted = null] = adjusted.slice(2 * at, 2 * at + 2);
    const judged = judgeColumn(
      { measured: column, valuesP: valuesAdjusted, missingP: missingAdjusted, tests: count },
      rule,
    );
    const drift = {
      ...column,
      missing: { ...column.missing, p_adjusted: missingAdjusted },
      p_adjusted: valuesAdjusted,
      rows_needed: judged.rowsNeeded,
      verdict: overall(judged),
    };
    return { ...drift, sentence: driftSentence(drift, judged, rule) };
  });
  return { columns, tests: count, conventions: conventions(rule) };
}

/** Of a column with one value only there is nothing to test, and no test to adjust for. */
function valuesP(column: ColumnMeasurement): number | null {
  if (column.problem !== null) return null;
  return (column.ks ?? column.chi2?.pooled ?? column.chi2)?.p_value ?? null;
}

function adjust(tests: readonly (number | null)[], { adjustment }: DriftRule): readonly (number | null)[] {
  const method = adjustment === "holm" ? holm : benjaminiHochberg;
  const adjusted = method(tests.filter((p) => p !== null)).values();
  return tests.map((p) => (p === null ? null : (adjusted.next().value ?? null)));
}
