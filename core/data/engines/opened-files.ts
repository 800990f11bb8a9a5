import type { Check } from "../check.ts";
import type { SurveyRequest } from "../survey.ts";

/** Every file that an engine opens for these checks. */
export function filesOfChecks(path: string, checks: readonly Check[]): readonly string[] {
  return [path, ...checks.flatMap((check) => (check.kind === "exists-in" ? [check.other.path] : []))];
}

/** Every file that an engine opens for this survey. */
export function filesOfSurvey(path: string, { checks, reference }: SurveyRequest): readonly string[] {
  return [...filesOfChecks(path, checks), ...(reference?.kind === "rows" ? [reference.path] : [])];
}
