import { z } from "zod";
import { Digest } from "../digest.ts";
import { ModelName, RelativePath } from "../names.ts";
import { ModelFiles, modelDigest } from "./model-files.ts";

const Commit = z.string().regex(/^[0-9a-f]{40}$/, "expected a full commit SHA");

/** Where a model came from, enough to train it again. */
export const Lineage = z.strictObject({
  commit: Commit.nullable(),
  dirty: z.boolean(),
  command: z.string(),
  seed: z.number().int(),
  data: z.strictObject({ train: Digest, holdout: Digest }),
  parameters: Digest.nullable(),
  trainingSeconds: z.number().min(0),
  platform: z.string(),
});
export type Lineage = z.output<typeof Lineage>;

/** Predictions of a model on the holdout: the file, and what the rows are. */
export const PredictionsFile = z.strictObject({
  path: RelativePath,
  digest: Digest,
  rows: z.number().int().min(1),
});
export type PredictionsFile = z.output<typeof PredictionsFile>;

/** `candidate.json`: what a training run produced. Metrics here are the run's own claims; the judge computes its own. */
export const Candidate = z
  .strictObject({
    format: z.literal("tidemark/candidate"),
    version: z.literal(1),
    model: ModelName,
    digest: Digest,
    files: ModelFiles,
    predictions: PredictionsFile,
    claimedMetrics: z.record(z.string(), z.number()),
    lineage: Lineage,
    createdAt: z.iso.datetime(),
  })
  .refine((candidate) => modelDigest(candidate.files) === candidate.digest, {
    path: ["digest"],
    error: "the digest does not match the listed files",
  });
export type Candidate = z.output<typeof Candidate>;
