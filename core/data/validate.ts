import { type Contract, labelColumn } from "./contract.ts";
import { customQueries } from "./custom-query.ts";
import type { Found } from "./finding.ts";
import { columnFindings } from "./findings/column-findings.ts";
import { labelFindings } from "./findings/label-findings.ts";
import { anonymityRequest, personalColumns, privacyFindings } from "./findings/privacy-findings.ts";
import { queryFindings } from "./findings/query-findings.ts";
import { requirementFindings } from "./findings/requirement-findings.ts";
import { rowChangeFindings, rowCountFindings } from "./findings/row-count-findings.ts";
import { unaskedFindings } from "./findings/unasked-findings.ts";
import { type Circumstances, checksOf, requirementsOf } from "./requirements-of.ts";
import type { ReferenceSource, Survey, SurveyRequest } from "./survey.ts";

export interface Expectations extends Circumstances {
  readonly contract: Contract;
  /** The snapshot before this one; undefined for a dataset that has none, such as a holdout. */
  readonly previous: { readonly rows: number | undefined } | undefined;
}

/** What an engine is asked of one dataset, so that it is read once. */
export function surveyRequest(
  { contract, ...circumstances }: Expectations,
  reference: ReferenceSource | undefined,
): SurveyRequest {
  const anonymity = anonymityRequest(contract);
  const smallestGroup = anonymity === undefined ? {} : { smallestGroup: anonymity.smallestGroup };
  return {
    checks: checksOf(requirementsOf(contract, circumstances)),
    queries: customQueries(contract).map(({ statement }) => statement),
    columns: undefined,
    profile: { withheld: personalColumns(contract), ...smallestGroup },
    reference,
    anonymity,
    label: labelColumn(contract),
  };
}

/**
 * What a dataset breaks of its contract, and what a reviewer should know of its leakage and privacy.
 * @param survey the answer to `surveyRequest` of the same expectations
 */
export function validate(expectations: Expectations, survey: Survey): readonly Found[] {
  const { contract, previous, ...circumstances } = expectations;
  const { measurement, answers, columns } = survey;
  const { rows } = measurement;
  return [
    ...columnFindings(contract, measurement),
    ...rowCountFindings(contract, rows),
    ...(previous === undefined ? [] : rowChangeFindings(contract, rows, previous.rows)),
    ...requirementFindings(requirementsOf(contract, circumstances), measurement),
    ...queryFindings(customQueries(contract), answers, rows),
    ...unaskedFindings(contract, circumstances.related, rows),
    ...labelFindings(contract, columns, rows),
    ...privacyFindings(contract, survey),
  ];
}
