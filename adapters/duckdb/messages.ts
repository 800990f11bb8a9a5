import { z } from "zod";
import type { Check } from "#core/data/check";
import type { DataMeasurement } from "#core/data/data-measurement";
import type { Survey, SurveyRequest } from "#core/data/survey";
import { Digest } from "#core/digest";
import type { PredictionColumns, PredictionRows, SharedRows } from "#core/ports/data-engine";
import { count, Measurement, Surveyed } from "./survey-messages.ts";

/** What the child is asked; it comes from us and is not checked again. */
export type Task =
  | { readonly kind: "measure"; readonly checks: readonly Check[] }
  | { readonly kind: "predictions"; readonly columns: PredictionColumns }
  | { readonly kind: "survey"; readonly request: SurveyRequest }
  | { readonly kind: "shared"; readonly right: string; readonly columns: readonly string[] | undefined };

export interface Request {
  readonly path: string;
  readonly maxBytes: number;
  /** Holds nothing yet, and nobody else's files ever. */
  readonly workFolder: string;
  /** Where the native binding's files are. */
  readonly bindingFolder: string;
  readonly memoryMegabytes: number;
  readonly threads: number | undefined;
  /** For everything together. */
  readonly timeoutSeconds: number;
  /** For each statement that others wrote. */
  readonly querySeconds: number;
  /** Such statements that ended a child before, by their place. */
  readonly deadly: readonly number[];
  readonly task: Task;
}

/** What the child says, as it is written. */
export type Answer =
  | ({ readonly kind: "measured" } & DataMeasurement)
  | ({ readonly kind: "predictions" } & PredictionRows)
  | ({ readonly kind: "surveyed" } & Survey)
  | ({ readonly kind: "shared" } & SharedRows)
  | { readonly kind: "about-to-run"; readonly query: number }
  | { readonly kind: "refused"; readonly code: string; readonly problem: string; readonly hint: string }
  | { readonly kind: "failed"; readonly message: string; readonly stack: string };

const Measured = Measurement.extend({ kind: z.literal("measured") });

const Predictions = z.object({
  kind: z.literal("predictions"),
  digest: Digest,
  ids: z.array(z.string()),
  labels: z.instanceof(Uint8Array),
  scores: z.instanceof(Float64Array),
  slices: z.map(z.string(), z.array(z.string())),
});

const Shared = z.object({
  kind: z.literal("shared"),
  columns: z.array(z.string()),
  rows: count,
  shared: count,
  firstLine: z.union([z.number().int().min(1), z.undefined()]),
});

/** Said before each statement that others wrote, so that the parent knows which one ended the child. */
const AboutToRun = z.object({ kind: z.literal("about-to-run"), query: count });

/** Something the user can mend. */
const Refused = z.object({ kind: z.literal("refused"), code: z.string(), problem: z.string(), hint: z.string() });

/** A bug of ours, or of the engine. */
const Failed = z.object({ kind: z.literal("failed"), message: z.string(), stack: z.string() });

/** The same as it is read: the child has read other people's bytes, so it is not believed. Arrays of numbers come as bytes, since the channel clones structures. */
export const Reply = z.discriminatedUnion("kind", [
  Measured,
  Predictions,
  Surveyed,
  Shared,
  AboutToRun,
  Refused,
  Failed,
]);
export type Reply = z.output<typeof Reply>;
