import type { Check } from "../data/check.ts";
import type { DataMeasurement } from "../data/data-measurement.ts";
import type { Survey, SurveyRequest } from "../data/survey.ts";
import type { Digest } from "../digest.ts";

/** Predictions of one model, row by row. */
export interface PredictionRows {
  readonly digest: Digest;
  readonly ids: readonly string[];
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  /** By column, one value per row. */
  readonly slices: ReadonlyMap<string, readonly string[]>;
}

export interface PredictionColumns {
  readonly id: string;
  readonly label: string;
  readonly score: string;
  /** The label's text that means the positive class. */
  readonly positive: string;
  readonly slices: readonly string[];
}

/** Scans tables. What to check is decided in core/data; how it is counted is the engine's business. */
export interface DataEngine {
  /**
   * Reads the whole file once and counts every check over all rows. A check of a column the file does not have is
   * broken by every row.
   * @throws UserError DATA_MISSING, DATA_EMPTY, DATA_MALFORMED with file, line and reason
   */
  measure(path: string, checks: readonly Check[]): Promise<DataMeasurement>;
  /** @throws UserError PREDICTIONS_MALFORMED for a missing column, a label that is neither class, a score outside [0, 1] */
  predictions(path: string, columns: PredictionColumns): Promise<PredictionRows>;
}

/** Reads whole files: what a profile, drift, privacy and leakage checks are made of. */
export interface SurveyEngine {
  /**
   * One opening of the file for everything that is asked of it. Every column is typed over all rows: a column of text
   * is numeric when it has a value and each is a finite number; a stored number that is not finite is missing.
   * @throws UserError DATA_MISSING, DATA_EMPTY, DATA_MALFORMED, COLUMN_MISSING (of `columns`, when the reference does not
   * have it either), ENGINE_LACKS for what this engine cannot do at all
   */
  survey(path: string, request: SurveyRequest): Promise<Survey>;
  /**
   * Rows of `right` that `left` has too, compared in all of `columns`, or in the columns both have, in `left`'s order.
   * Here and in the checks `distinct-rows` and `exists-in` a column that is numeric on both sides is compared by value,
   * exactly beyond 2^53 too ("1.0" is 1, 9007199254740993 is not 9007199254740992), any other as text. Missing values
   * are equal here and in `distinct-rows`.
   * @throws UserError as `survey`, and COLUMN_MISSING for one of `columns` that either file lacks
   */
  sharedRows(left: string, right: string, columns: readonly string[] | undefined): Promise<SharedRows>;
}

export interface SharedRows {
  /** Columns that were compared. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Rows of `right` that are in `left`. */
  readonly shared: number;
  /** The first line of `right` that is; the header is line 1. */
  readonly firstLine: number | undefined;
}
