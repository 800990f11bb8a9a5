import type { Environment } from "../config/tidemark-config.ts";
import { digestOfJson } from "../digest.ts";
import type { Evidence } from "../judge/evidence.ts";
import { evidenceDigest } from "../judge/evidence.ts";
import type { Gate } from "../judge/gate.ts";
import { judge } from "../judge/judge.ts";
import { type ReleaseRecord, recordPath } from "../registry/release-record.ts";
import type { PromotionBranch } from "./branch.ts";
import type { ServedVersion } from "./plan-rollback.ts";

/** All that decides whether a promotion pull request may be merged now. */
export interface GuardedPromotion {
  readonly branch: PromotionBranch;
  readonly changedFiles: readonly string[];
  /** The record on the base branch now. */
  readonly current: ReleaseRecord | undefined;
  /** The record the pull request would put in place. */
  readonly proposed: ReleaseRecord | undefined;
  /**
   * What the proposed record names as its proof; undefined when the store has no such evidence, or its numbers do not
   * follow from the predictions in the store.
   */
  readonly evidence: Evidence | undefined;
  /** Whether an app opened the pull request: what a person writes by hand was made by no promotion. */
  readonly openedByApp: boolean;
  readonly gate: Gate;
  readonly environment: Environment;
  readonly approvers: readonly string[];
  /** What has been deployed to the environment; a rollback goes to one of these. */
  readonly served: readonly ServedVersion[];
}

/** One thing a merge asks for, and whether it is there. */
export interface Requirement {
  /** An approval is asked of a person; the others only a new pull request can mend. */
  readonly kind: "record" | "proof" | "approval";
  readonly holds: boolean;
  readonly sentence: string;
}

/** People whose approval a change of the record needs. */
export function approvalsAsked(kind: PromotionBranch["kind"], environment: Environment): number {
  return kind === "rollback" && environment["rollback-merges-itself"] ? 0 : environment.approvals;
}

/** What merging asks for. A rollback goes to a version that was healthy, so it is not judged again. Pure. */
export function mergeRequirements(promotion: GuardedPromotion): readonly Requirement[] {
  const { branch, environment, approvers } = promotion;
  const approvals = approvalsAsked(branch.kind, environment);
  return [
    ...recordRequirements(promotion),
    ...kindRequirements(promotion),
    {
      kind: "approval",
      holds: approvers.length >= approvals,
      sentence: `${approvals === 1 ? "1 approval" : `${approvals} approvals`} of the head commit asked, ${approvers.length} given`,
    },
  ];
}

function recordRequirements(promotion: GuardedPromotion): Requirement[] {
  const { branch, changedFiles, current, proposed } = promotion;
  const path = recordPath.format(branch);
  const generation = (current?.generation ?? 0) + 1;
  return [
    {
      kind: "record",
      holds: changedFiles.length === 1 && changedFiles[0] === path,
      sentence: `changes ${path} and nothing else`,
    },
    {
      kind: "record",
      holds: proposed?.generation === generation && branch.generation === generation,
      sentence: `is generation ${generation}, the next one`,
    },
    {
      kind: "record",
      holds: proposed?.serving.digest.startsWith(`sha256:${branch.shortDigest}`) === true,
      sentence: `names model ${branch.shortDigest}`,
    },
    {
      kind: "record",
      holds: proposed !== undefined && REASONS[branch.kind].includes(proposed.reason),
      sentence: `says that it is a ${KINDS[branch.kind]}`,
    },
  ];
}

const KINDS = { promote: "promotion", rollback: "rollback", resume: "resume" } as const;

/** What the branch is called and what its record says must be one thing: each kind asks for another proof. */
const REASONS: Record<PromotionBranch["kind"], readonly ReleaseRecord["reason"][]> = {
  promote: ["first", "promotion"],
  rollback: ["rollback"],
  resume: ["resume"],
};

function kindRequirements(promotion: GuardedPromotion): readonly Requirement[] {
  switch (promotion.branch.kind) {
    case "promote":
      return proofRequirements(promotion);
    case "rollback":
      return [rollbackRequirement(promotion)];
    case "resume":
      return [resumeRequirement(promotion)];
    default:
      return promotion.branch.kind satisfies never;
  }
}

function rollbackRequirement({ proposed, served }: GuardedPromotion): Requirement {
  const wasHealthy = served.some(({ digest, healthy }) => healthy && digest === proposed?.serving.digest);
  return { kind: "proof", holds: wasHealthy, sentence: "names a version that has been healthy here" };
}

function resumeRequirement({ current, proposed }: GuardedPromotion): Requirement {
  const same =
    current !== undefined && proposed !== undefined && digestOfJson(current.serving) === digestOfJson(proposed.serving);
  return { kind: "proof", holds: same, sentence: "leaves the version that serves as it is" };
}

/** A step back or a resume carries its own proof, so a person may open it; a promotion rests on what a job has made. */
function proofRequirements(promotion: GuardedPromotion): Requirement[] {
  const { current, proposed, evidence, gate, openedByApp } = promotion;
  const bound = evidence !== undefined && proposed !== undefined && isBound(evidence, proposed);
  return [
    { kind: "proof", holds: openedByApp, sentence: "was opened by Tidemark, not by hand" },
    {
      kind: "proof",
      holds: bound,
      sentence: "its evidence is in the store, speaks of this model and follows from its predictions",
    },
    {
      kind: "proof",
      holds: evidence !== undefined && evidence.baseline?.digest === current?.serving.digest,
      sentence: "was compared with the version that serves now",
    },
    {
      kind: "proof",
      holds: evidence !== undefined && judge(evidence, gate).verdict === "pass",
      sentence: "passes the gate of the base branch",
    },
    { kind: "proof", holds: current?.hold === undefined, sentence: "the environment is not on hold" },
  ];
}

/** Everything the record says of the version is what the evidence measured: no other predictions, no other holdout. */
function isBound(evidence: Evidence, { model, serving }: ReleaseRecord): boolean {
  const { digest, files, predictions } = evidence.candidate;
  const measured = { digest, files, predictions, holdout: evidence.holdout.digest };
  const named = {
    digest: serving.digest,
    files: serving.files,
    predictions: serving.predictions,
    holdout: serving.holdout,
  };
  return (
    // Evidence of no run was made on somebody's machine.
    evidence.run !== null &&
    evidence.model === model &&
    evidenceDigest(evidence) === serving.evidence &&
    digestOfJson(measured) === digestOfJson(named)
  );
}
