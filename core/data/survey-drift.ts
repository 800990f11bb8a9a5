import type { DriftResult } from "./drift/drift-result.ts";
import type { DriftRule } from "./drift/drift-rule.ts";
import { judgeMeasured } from "./drift/judge-measured.ts";
import type { ColumnMeasurement } from "./drift/measure-column.ts";
import { withProfile } from "./profile/compare-with-profile.ts";
import type { ReferenceSource, Survey } from "./survey.ts";

export interface DriftOptions extends Partial<DriftRule> {
  /** Columns that are not compared. */
  readonly except?: ReadonlySet<string>;
}

/** The verdicts on what a survey measured against its reference, in a profile's own order. */
export function surveyDrift(
  survey: Pick<Survey, "columns" | "absent">,
  reference: ReferenceSource,
  { except, ...options }: DriftOptions = {},
): DriftResult {
  const all = [...survey.columns.flatMap(({ drift }) => drift ?? []), ...survey.absent];
  const measured = all.filter(({ name }) => except?.has(name) !== true);
  if (reference.kind === "rows") return judgeMeasured(measured, options);
  const { profile } = reference;
  const places = new Map(profile.columns.map(({ name }, at) => [name, at]));
  const place = ({ name }: ColumnMeasurement) => places.get(name) ?? measured.length;
  return withProfile(
    judgeMeasured(
      [...measured].sort((a, b) => place(a) - place(b)),
      options,
    ),
    profile,
  );
}
