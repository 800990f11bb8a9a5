import type { Digest } from "../digest.ts";
import type { CheckResult } from "./check.ts";

/** One reading of a file: which bytes, how large a table, and what its checks count. */
export interface DataMeasurement {
  /** Of the file as it is stored, so of a compressed file's own bytes. */
  readonly digest: Digest;
  readonly bytes: number;
  readonly rows: number;
  /** As the file's header has them. */
  readonly columns: readonly string[];
  /** One result per check, in the same order. */
  readonly results: readonly CheckResult[];
}
