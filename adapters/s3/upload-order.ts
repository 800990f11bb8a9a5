import type { MeasuredFile } from "./local-file.ts";

export interface Upload {
  /** The whole key. */
  readonly key: string;
  readonly mode: "once" | "replace";
  readonly file: MeasuredFile;
  /** Tells this upload from any other. */
  readonly id: string;
}

export type Outcome = "stored" | "exists";
