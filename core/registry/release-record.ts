import { z } from "zod";
import { Digest } from "../digest.ts";
import { PredictionsFile } from "../model/candidate.ts";
import { ModelFiles, modelDigest } from "../model/model-files.ts";
import { EnvironmentName, ModelName } from "../names.ts";

/** A model version in full: what serves, what proved it, what the next one is compared with. */
export const Version = z
  .strictObject({
    digest: Digest,
    files: ModelFiles,
    predictions: PredictionsFile,
    holdout: Digest,
    evidence: Digest,
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .nullable(),
  })
  .refine((version) => modelDigest(version.files) === version.digest, {
    path: ["digest"],
    error: "the digest does not match the listed files",
  });
export type Version = z.output<typeof Version>;

/** Refuses new candidates until somebody resumes. */
export const Hold = z.strictObject({
  reason: z.string().max(500),
  by: z.string().max(100),
  since: z.iso.datetime(),
  /** What asked for it, such as `comment:123`: asking again for the same is already done. */
  request: z.string().max(100),
});
export type Hold = z.output<typeof Hold>;

/**
 * `registry/<model>/<environment>.yaml`, the only truth about what should serve. Changed only by merging a pull
 * request. The generation grows by one with every change; a lower one never deploys over a higher one.
 */
export const ReleaseRecord = z.strictObject({
  format: z.literal("tidemark/release-record"),
  version: z.literal(1),
  model: ModelName,
  environment: EnvironmentName,
  generation: z.number().int().min(1),
  reason: z.enum(["first", "promotion", "rollback", "resume"]),
  serving: Version,
  hold: Hold.optional(),
});
export type ReleaseRecord = z.output<typeof ReleaseRecord>;

/** Where a record lives, both ways. */
export const recordPath = {
  format: ({ model, environment }: { model: string; environment: string }): string =>
    `registry/${model}/${environment}.yaml`,
  parse: (path: string): { model: string; environment: string } | undefined => {
    const match = /^registry\/(?<model>[^/]+)\/(?<environment>[^/]+)\.yaml$/.exec(path);
    const { model, environment } = match?.groups ?? {};
    if (model === undefined || environment === undefined) return undefined;
    const named = ModelName.safeParse(model).success && EnvironmentName.safeParse(environment).success;
    return named ? { model, environment } : undefined;
  },
};
