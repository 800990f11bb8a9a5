import type { ColumnType } from "./check.ts";
import type { CategoricalColumn, Column } from "./column.ts";
import { measureSorted, type SortedNumbers } from "./drift/measure-column.ts";
import type { Reference } from "./drift/reference.ts";
import { sortedColumn } from "./drift/sorted-column.ts";
import { categoricalDraft, type DraftOptions, numericDraft } from "./infer-contract.ts";
import { categoricalBuckets, type LabelBuckets, numericBuckets } from "./leakage/label-buckets.ts";
import { DEFAULT_DETECTION, detectPersonalData, type PersonalColumn } from "./privacy/detect-personal-data.ts";
import { evenSample } from "./profile/even-sample.ts";
import { categoricalProfile, DEFAULT_PROFILE, numericProfile, type ProfileOptions } from "./profile/profile-of.ts";
import type { ColumnSurvey } from "./survey.ts";

export interface ColumnSurveyOptions {
  /** The narrowest type that every value is of, "string" without a value: integer, number, date, boolean, string. */
  readonly type: ColumnType;
  readonly profile: Partial<ProfileOptions>;
  /** The reference's column of the same name. */
  readonly reference: Reference | undefined;
}

export interface SurveyedColumn {
  readonly survey: Omit<ColumnSurvey, "labelTold">;
  /** How the engine counts the label's classes beside this column; see `labelTold`. */
  readonly buckets: LabelBuckets;
}

/**
 * Everything about one column, sorted once. What seems to be personal data is withheld from the profile and the draft.
 * The same for the same values, in whatever order they come.
 */
export function surveyColumn(column: Column | SortedNumbers, options: ColumnSurveyOptions): SurveyedColumn {
  if (column.kind === "categorical") return surveyWords(column, options);
  return surveyNumbers(column.kind === "sorted" ? column : { kind: "sorted", ...sortedColumn(column) }, options);
}

function surveyNumbers(column: SortedNumbers, options: ColumnSurveyOptions): SurveyedColumn {
  const { name, values } = column;
  const looked = new Set([...evenSample(values, DEFAULT_DETECTION.sampleSize)].map(String));
  const personal = detectPersonalData({ name, values: looked }) ?? null;
  const telling = tellingOf(column.name, personal, options);
  return {
    survey: {
      profile: numericProfile(column, telling.profile),
      drift: options.reference === undefined ? null : measureSorted(options.reference, column),
      personal,
      draft: numericDraft(column, telling.draft),
    },
    buckets: numericBuckets(values),
  };
}

function surveyWords(column: CategoricalColumn, options: ColumnSurveyOptions): SurveyedColumn {
  const { name, counts, untold } = column;
  const values = untold.values > 0 ? untold.sample : evenly([...counts.keys()].sort(), DEFAULT_DETECTION.sampleSize);
  const personal = detectPersonalData({ name, values }) ?? null;
  const telling = tellingOf(name, personal, options);
  return {
    survey: {
      profile: categoricalProfile(column, telling.profile),
      drift: options.reference === undefined ? null : measureSorted(options.reference, column),
      personal,
      draft: categoricalDraft(column, telling.draft),
    },
    buckets: categoricalBuckets(column),
  };
}

/** At most `size` of the values, spread over all of them: the first ones in order of the alphabet may be all alike. */
function evenly(values: readonly string[], size: number): readonly string[] {
  if (values.length <= size) return values;
  return Array.from({ length: size }, (_, at) => values[Math.floor((at * values.length) / size)] ?? "");
}

interface Telling {
  readonly profile: ProfileOptions;
  readonly draft: DraftOptions;
}

function tellingOf(name: string, personal: PersonalColumn | null, options: ColumnSurveyOptions): Telling {
  const chosen = { ...DEFAULT_PROFILE, ...options.profile };
  const withheld = personal === null ? chosen.withheld : [...chosen.withheld, name];
  const smallestGroup = withheld.includes(name) ? Number.POSITIVE_INFINITY : chosen.smallestGroup;
  return {
    profile: { ...chosen, withheld },
    draft: { type: options.type, smallestGroup, isPersonal: personal !== null },
  };
}
