import type { Digest } from "../digest.ts";
import type { Candidate } from "../model/candidate.ts";
import type { Hold, ReleaseRecord, Version } from "./release-record.ts";

export interface RecordChange {
  readonly model: string;
  readonly environment: string;
  readonly current: ReleaseRecord | undefined;
}

/** What a candidate becomes when an environment names it. */
export function versionOf(candidate: Candidate, evidence: Digest): Version {
  const { digest, files, predictions, lineage } = candidate;
  return { digest, files, predictions, holdout: lineage.data.holdout, evidence, commit: lineage.commit };
}

export function promotedRecord({ model, environment, current }: RecordChange, serving: Version): ReleaseRecord {
  const reason = current === undefined ? "first" : "promotion";
  return { ...head(model, environment), generation: (current?.generation ?? 0) + 1, reason, serving };
}

/** A step back is a step forward in the record: the generation grows, and the hold keeps the bad version out. */
export function rolledBackRecord(current: ReleaseRecord, serving: Version, hold: Hold): ReleaseRecord {
  return {
    ...head(current.model, current.environment),
    generation: current.generation + 1,
    reason: "rollback",
    serving,
    hold,
  };
}

/** The same version without the hold. */
export function resumedRecord(current: ReleaseRecord): ReleaseRecord {
  return {
    ...head(current.model, current.environment),
    generation: current.generation + 1,
    reason: "resume",
    serving: current.serving,
  };
}

function head(model: string, environment: string) {
  return { format: "tidemark/release-record", version: 1, model, environment } as const;
}
