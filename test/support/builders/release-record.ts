import { digestOf } from "#core/digest";
import type { Hold, ReleaseRecord, Version } from "#core/registry/release-record";
import { COMMIT, digestOfModel, filesOf, HOLDOUT, MODEL, predictionsOf } from "./model.ts";

export const ENVIRONMENT = "production";
export const KEY = { model: MODEL, environment: ENVIRONMENT };

export function version(weights = "champion"): Version {
  return {
    digest: digestOfModel(weights),
    files: filesOf(weights),
    predictions: predictionsOf(weights),
    holdout: HOLDOUT,
    evidence: digestOf(`evidence of ${weights}`),
    commit: COMMIT,
  };
}

export function hold(facts: Partial<Hold> = {}): Hold {
  return { reason: "too many alarms", by: "ada", since: "2026-03-01T12:00:00.000Z", request: "comment:7", ...facts };
}

interface RecordFacts extends Partial<Omit<ReleaseRecord, "serving">> {
  /** The weights of what serves. */
  readonly serving?: string;
}

/** The record of an environment that serves "champion" as generation 3. */
export function releaseRecord({ serving = "champion", ...facts }: RecordFacts = {}): ReleaseRecord {
  return {
    format: "tidemark/release-record",
    version: 1,
    ...KEY,
    generation: 3,
    reason: "promotion",
    serving: version(serving),
    ...facts,
  };
}
