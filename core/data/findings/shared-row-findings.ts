import type { SharedRows } from "../../ports/data-engine.ts";
import { type Contract, objectPath } from "../contract.ts";
import { type Found, findingOf } from "../finding.ts";
import { NONE } from "../limit.ts";
import { tidemarkRules } from "../tidemark-rule.ts";

/** Rows of the holdout that are training rows too: what is measured on them is memory, not skill. */
export function sharedRowFindings(
  contract: Contract,
  { columns, rows, shared, firstLine }: SharedRows,
  severity: "error" | "warning",
): readonly Found[] {
  const [rule] = tidemarkRules(contract, "sharedRows");
  const limit = rule?.limit ?? NONE;
  const percent = rows === 0 ? 0 : (100 * shared) / rows;
  if (limit.holds(percent)) return [];
  const finding = findingOf({
    id: "DATA_SHARED_ROWS",
    severity: rule?.severity ?? severity,
    sentence: `${shared} of ${rows} holdout rows (${percent.toFixed(1)} %) are among the training rows too; ${limit.words}${rule === undefined ? "" : " percent"}.`,
    nextStep:
      firstLine === undefined
        ? "Split the data anew."
        : `Look at line ${firstLine} of the holdout, then split the data anew.`,
    statistic: "percent of the holdout's rows",
    value: percent,
    threshold: limit.threshold,
    rows,
    method: `whole rows as text, compared in ${columns.length} columns`,
    line: firstLine ?? null,
  });
  return [{ finding, at: rule?.at ?? objectPath }];
}
