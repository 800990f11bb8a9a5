import type { Check, CheckResult } from "../data/check.ts";
import type { Column } from "../data/column.ts";
import type { Digest } from "../digest.ts";

export interface DataMeasurement {
  readonly digest: Digest;
  readonly bytes: number;
  readonly rows: number;
  /** As the file's header has them. */
  readonly columns: readonly string[];
  /** One result per check, in the same order. */
  readonly results: readonly CheckResult[];
}

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

/** Reads whole columns: what drift, a profile and a privacy check are made of. */
export interface ColumnEngine {
  /**
   * The columns of those names, in that order, or all of them. A column of text is numeric when it has a value and each
   * is a finite number; a stored number that is not finite is missing. Of a column with more than 100,000 different
   * values only their total is told, under the empty text, which is never a value.
   * @throws UserError DATA_MISSING, DATA_EMPTY, DATA_MALFORMED, COLUMN_MISSING
   */
  columns(path: string, names: readonly string[] | undefined): Promise<readonly Column[]>;
}
