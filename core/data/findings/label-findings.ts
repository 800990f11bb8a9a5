import { type Contract, isKnownOnlyLater, labelColumn, objectOf, propertyPath } from "../contract.ts";
import { type Found, findingOf, shortName } from "../finding.ts";
import type { ColumnSurvey } from "../survey.ts";

// At 0.8 of the label's entropy a single column all but spells the label out; honest features stay far below.
const GIVES_AWAY = 0.8;

/** Columns that tell the label by themselves. Those known only later are told of already. */
export function labelFindings(contract: Contract, columns: readonly ColumnSurvey[], rows: number): readonly Found[] {
  const label = labelColumn(contract);
  const later = new Set(
    objectOf(contract)
      .properties.filter(isKnownOnlyLater)
      .map(({ name }) => name),
  );
  return columns.flatMap(({ profile: { name }, labelTold: told }) => {
    if (label === undefined || told === null || told < GIVES_AWAY || later.has(name)) return [];
    const finding = findingOf({
      id: "DATA_LABEL_GIVEN_AWAY",
      severity: "warning",
      column: name,
      sentence: `Column "${shortName(name)}" alone tells ${Math.floor(100 * told)} % of the label "${shortName(label)}".`,
      nextStep: "Check that the column is known before the label is; if not, mark it knownOnlyLater in the contract.",
      statistic: "share of the label's entropy",
      value: told,
      threshold: GIVES_AWAY,
      rows,
      method: "uncertainty coefficient U(label | column), numbers in bins of equal rows",
    });
    return [{ finding, at: propertyPath(contract, name) }];
  });
}
