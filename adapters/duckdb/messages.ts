import { z } from "zod";
import type { Check } from "#core/data/check";
import { Digest } from "#core/digest";
import type { DataMeasurement, PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import type { ColumnPart } from "./column-part.ts";

/** What the child is asked; it comes from us and is not checked again. */
export type Task =
  | { readonly kind: "measure"; readonly checks: readonly Check[] }
  | { readonly kind: "predictions"; readonly columns: PredictionColumns }
  | { readonly kind: "columns"; readonly names: readonly string[] | undefined };

export interface Request {
  readonly path: string;
  readonly maxBytes: number;
  /** Holds nothing yet, and nobody else's files ever. */
  readonly workFolder: string;
  /** Where the native binding's files are. */
  readonly bindingFolder: string;
  readonly memoryMegabytes: number;
  readonly threads: number | undefined;
  readonly timeoutSeconds: number;
  readonly task: Task;
}

/** What the child says, as it is written. */
export type Answer =
  | ({ readonly kind: "measured" } & DataMeasurement)
  | ({ readonly kind: "predictions" } & PredictionRows)
  | ColumnPart
  | { readonly kind: "columns-read"; readonly names: readonly string[]; readonly rows: number }
  | { readonly kind: "refused"; readonly code: string; readonly problem: string; readonly hint: string }
  | { readonly kind: "failed"; readonly message: string; readonly stack: string };

const count = z.number().int().min(0);

const CheckResult = z
  .object({ broken: count, checked: count, firstLine: z.number().int().min(1).optional() })
  .transform(({ broken, checked, firstLine }) => ({ broken, checked, firstLine }));

const Measured = z.object({
  kind: z.literal("measured"),
  digest: Digest,
  bytes: count,
  rows: count,
  columns: z.array(z.string()),
  results: z.array(CheckResult),
});

const Predictions = z.object({
  kind: z.literal("predictions"),
  digest: Digest,
  ids: z.array(z.string()),
  labels: z.instanceof(Uint8Array),
  scores: z.instanceof(Float64Array),
  slices: z.map(z.string(), z.array(z.string())),
});

const Numbers = z.object({ kind: z.literal("numbers"), name: z.string(), values: z.instanceof(Float64Array) });

const Words = z.object({
  kind: z.literal("words"),
  name: z.string(),
  counts: z.map(z.string(), count),
  missing: count,
});

/** Ends the answer to `columns`. */
const ColumnsRead = z.object({ kind: z.literal("columns-read"), names: z.array(z.string()), rows: count });

/** Something the user can mend. */
const Refused = z.object({ kind: z.literal("refused"), code: z.string(), problem: z.string(), hint: z.string() });

/** A bug of ours, or of the engine. */
const Failed = z.object({ kind: z.literal("failed"), message: z.string(), stack: z.string() });

/** The same as it is read: the child has read other people's bytes, so it is not believed. Arrays of numbers come as bytes, since the channel clones structures. */
export const Reply = z.discriminatedUnion("kind", [
  Measured,
  Predictions,
  Numbers,
  Words,
  ColumnsRead,
  Refused,
  Failed,
]);
export type Reply = z.output<typeof Reply>;
