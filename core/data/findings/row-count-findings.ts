import type { Contract } from "../contract.ts";
import { type Found, findingOf } from "../finding.ts";
import { rowCountLimits } from "../requirements-of.ts";
import { tidemarkRules } from "../tidemark-rule.ts";

export function rowCountFindings(contract: Contract, rows: number): readonly Found[] {
  return rowCountLimits(contract)
    .filter(({ limit }) => !limit.holds(rows))
    .map(({ limit, severity, at }) => ({
      finding: findingOf({
        id: "DATA_ROW_COUNT",
        severity,
        sentence: `The file has ${rows} rows; the number of rows ${limit.words}.`,
        nextStep: "Check that the file is complete, or change the row count in the contract.",
        statistic: "row count",
        value: rows,
        threshold: limit.threshold,
        rows,
        method: "rows below the header",
      }),
      at,
    }));
}

/** The number of rows against that of the previous snapshot. */
export function rowChangeFindings(
  contract: Contract,
  rows: number,
  previousRows: number | undefined,
): readonly Found[] {
  const rules = tidemarkRules(contract, "rowCountChange");
  if (previousRows === undefined || previousRows === 0)
    return rules.map(({ at }) => ({ finding: noPrevious(rows), at }));
  const percent = (100 * (rows - previousRows)) / previousRows;
  return rules
    .filter(({ limit }) => !limit.holds(percent))
    .map(({ limit, severity, at }) => ({
      finding: findingOf({
        id: "DATA_ROW_COUNT_CHANGE",
        severity,
        sentence: `The file has ${rows} rows after ${previousRows} in the previous snapshot (${percent.toFixed(1)} %); the change ${limit.words} percent.`,
        nextStep: "Check that the file is complete and holds no row twice, or change the limit in the contract.",
        statistic: "change of the row count, percent",
        value: percent,
        threshold: limit.threshold,
        rows,
        method: "rows less previous rows, divided by previous rows",
      }),
      at,
    }));
}

function noPrevious(rows: number) {
  return findingOf({
    id: "DATA_NO_PREVIOUS",
    severity: "note",
    sentence: "The contract limits the change of the row count, and no previous snapshot with rows was given.",
    nextStep: "Give the previous snapshot's record or report as previous, from the second run on.",
    rows,
  });
}
