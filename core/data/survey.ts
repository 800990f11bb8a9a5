import type { Check } from "./check.ts";
import type { DataMeasurement } from "./data-measurement.ts";
import type { ColumnMeasurement } from "./drift/measure-column.ts";
import type { PropertyDraft } from "./infer-contract.ts";
import type { Anonymity } from "./privacy/anonymity.ts";
import type { PersonalColumn } from "./privacy/detect-personal-data.ts";
import type { ProfileOptions } from "./profile/profile-of.ts";
import type { CategoricalProfile, NumericProfile, ReferenceProfile } from "./profile/reference-profile.ts";

/** What drift is measured against: a stored profile, or the rows of a file the engine can open. */
export type ReferenceSource =
  | { readonly kind: "profile"; readonly profile: ReferenceProfile }
  | { readonly kind: "rows"; readonly path: string };

/** Rows are of one group when all quasi-identifiers have the same text; missing values are equal here. */
export interface AnonymityRequest {
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive?: string | undefined;
  /** Groups of fewer rows are counted as small. */
  readonly smallestGroup: number;
}

/** Everything that is wanted of one file, so that it is opened, read and named once. */
export interface SurveyRequest {
  readonly checks: readonly Check[];
  /** Read-only statements of one number each, over the table `data`. */
  readonly queries: readonly string[];
  /**
   * Columns to profile, in this order; all of the file when undefined, none when empty. One that the file lacks is left
   * out when the reference has it, and is an error when nobody has it.
   */
  readonly columns: readonly string[] | undefined;
  readonly profile: Partial<ProfileOptions>;
  readonly reference: ReferenceSource | undefined;
  readonly anonymity: AnonymityRequest | undefined;
  /** The label, to tell which other columns give it away; its classes are its texts. One the file lacks tells nothing. */
  readonly label: string | undefined;
}

export const NO_SURVEY: SurveyRequest = {
  checks: [],
  queries: [],
  columns: undefined,
  profile: {},
  reference: undefined,
  anonymity: undefined,
  label: undefined,
};

/** What is known of one column. No value of it beyond what the profile's smallest group allows. */
export interface ColumnSurvey {
  readonly profile: NumericProfile | CategoricalProfile;
  /** Against the reference's column of the same name; null without a reference, or when it has no such column. */
  readonly drift: ColumnMeasurement | null;
  readonly personal: PersonalColumn | null;
  /** What a first contract would say of it. */
  readonly draft: PropertyDraft;
  /** How much of the label the column alone tells, from 0 to 1; null for the label itself and where nothing can be said. */
  readonly labelTold: number | null;
}

/** What one statement gave: its number, or why it could not be run, without the file's values. */
export type QueryAnswer =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "refused"; readonly reason: string };

export interface Survey {
  /** Of the checks, as `measure` gives it. */
  readonly measurement: DataMeasurement;
  /** One per statement, in the same order. */
  readonly answers: readonly QueryAnswer[];
  /** In the order asked for. */
  readonly columns: readonly ColumnSurvey[];
  /** Columns of the reference that the file does not have, of those asked for. */
  readonly absent: readonly ColumnMeasurement[];
  /** Null when not asked for, without quasi-identifiers, or when the file lacks one of its columns. */
  readonly anonymity: Anonymity | null;
}
