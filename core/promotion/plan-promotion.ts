import { type Evidence, evidenceDigest } from "../judge/evidence.ts";
import type { Gate } from "../judge/gate.ts";
import { judge } from "../judge/judge.ts";
import type { Candidate } from "../model/candidate.ts";
import { promotedRecord, versionOf } from "../registry/next-record.ts";
import type { RecordKey } from "../registry/read-record.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";
import { failure, type Result, success } from "../result.ts";

export interface PromotionRequest {
  readonly key: RecordKey;
  readonly current: ReleaseRecord | undefined;
  readonly candidate: Candidate;
  readonly evidence: Evidence;
  /** Of the default branch, never of the pull request that brought the candidate. */
  readonly gate: Gate;
}

export type PromotionRefusal = "ON_HOLD" | "NOT_PROVEN" | "EVIDENCE_MISMATCH" | "BASELINE_MOVED" | "ALREADY_SERVING";

/** The record a candidate would make, or why it may not. Pure. */
export function planPromotion(request: PromotionRequest): Result<ReleaseRecord, PromotionRefusal> {
  const { key, current, candidate, evidence } = request;
  const refused = refusal(request);
  if (refused !== undefined) return refused;
  return success(promotedRecord({ ...key, current }, versionOf(candidate, evidenceDigest(evidence))));
}

function refusal({ key, current, candidate, evidence, gate }: PromotionRequest) {
  const place = `${key.model} in ${key.environment}`;
  if (current?.serving.digest === candidate.digest) {
    return failure("ALREADY_SERVING", `${place} serves this model already.`);
  }
  if (current?.hold !== undefined) {
    return failure(
      "ON_HOLD",
      `${place} is on hold since ${current.hold.since} by ${current.hold.by}: ${current.hold.reason}.`,
    );
  }
  if (evidence.model !== key.model || evidence.candidate.digest !== candidate.digest) {
    return failure("EVIDENCE_MISMATCH", `The evidence speaks of another model than the candidate for ${place}.`);
  }
  if (evidence.baseline?.digest !== current?.serving.digest) {
    return failure(
      "BASELINE_MOVED",
      `The candidate was compared with another version than the one ${place} names now.`,
    );
  }
  const { verdict } = judge(evidence, gate);
  return verdict === "pass" ? undefined : failure("NOT_PROVEN", `The verdict for ${place} is ${verdict}, not pass.`);
}
