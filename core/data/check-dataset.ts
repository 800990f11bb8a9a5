import { UserError } from "../errors.ts";
import type { SurveyEngine } from "../ports/data-engine.ts";
import { type Contract, movingColumns, propertyPath } from "./contract.ts";
import { driftFindings } from "./drift/drift-findings.ts";
import type { DriftResult } from "./drift/drift-result.ts";
import type { Found } from "./finding.ts";
import { referenceProfile } from "./profile/profile-of.ts";
import type { ReferenceProfile } from "./profile/reference-profile.ts";
import type { ReferenceSource, Survey, SurveyRequest } from "./survey.ts";
import { surveyDrift } from "./survey-drift.ts";
import { type Expectations, surveyRequest, validate } from "./validate.ts";

/** All that was found out about one dataset. */
export interface CheckedDataset {
  readonly survey: Survey;
  readonly profile: ReferenceProfile;
  /** Null without a reference. */
  readonly drift: DriftResult | null;
  readonly found: readonly Found[];
}

/**
 * Holds a dataset against its contract and its reference, in one reading.
 * @param path one the engine can open
 * @throws UserError DATA_* for a file that cannot be read as a table
 */
export async function checkDataset(
  engine: SurveyEngine,
  path: string,
  { expectations, reference }: { readonly expectations: Expectations; readonly reference: ReferenceSource | undefined },
): Promise<CheckedDataset> {
  const request = surveyRequest(expectations, reference);
  const survey = await surveyed(engine, path, request);
  const except = new Set(movingColumns(expectations.contract));
  const drift = reference === undefined ? null : surveyDrift(survey, reference, { except });
  const found = [...validate(expectations, survey), ...driftFound(expectations.contract, drift)];
  const profile = referenceProfile(
    survey.columns.map((column) => column.profile),
    request.profile,
  );
  return { survey, profile, drift, found: onceAbsent(found) };
}

/** An engine that runs no statements leaves them unanswered; everything else is still checked. */
async function surveyed(engine: SurveyEngine, path: string, request: SurveyRequest): Promise<Survey> {
  if (request.queries.length === 0) return engine.survey(path, request);
  try {
    return await engine.survey(path, request);
  } catch (error) {
    if (!(error instanceof UserError) || !NO_STATEMENTS.includes(error.code)) throw error;
    const survey = await engine.survey(path, { ...request, queries: [] });
    return { ...survey, answers: request.queries.map(() => ({ kind: "refused", reason: error.problem })) };
  }
}

const NO_STATEMENTS = ["ENGINE_LACKS", "DATA_ENGINE_MISSING"];

function driftFound(contract: Contract, drift: DriftResult | null): Found[] {
  if (drift === null) return [];
  return driftFindings(drift).map((finding) => ({ finding, at: propertyPath(contract, finding.column ?? "") }));
}

/** A column that is missing is told once, whatever else it would have been compared with. */
function onceAbsent(found: readonly Found[]): readonly Found[] {
  const missing = new Set(
    found.filter(({ finding }) => finding.id === "DATA_COLUMN_MISSING").map(({ finding }) => finding.column),
  );
  return found.filter(({ finding }) => finding.id !== "DRIFT_NOT_COMPARABLE" || !missing.has(finding.column));
}
