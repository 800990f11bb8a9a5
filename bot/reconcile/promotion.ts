import { configAt } from "#core/config/config-at";
import { environmentOf, modelOf } from "#core/config/read-config";
import { gateOf } from "#core/config/tidemark-config";
import { modelDeployments, servedVersions } from "#core/deployment/history";
import { type Digest, digestOfJson, shortDigest } from "#core/digest";
import { UserError } from "#core/errors";
import type { Evidence } from "#core/judge/evidence";
import { readEvidence } from "#core/judge/read-evidence";
import type { PullRequest } from "#core/ports/code-host";
import type { PromotionBranch } from "#core/promotion/branch";
import { currentApprovers } from "#core/promotion/current-approvers";
import { mergeRequirements, type Requirement } from "#core/promotion/guard";
import type { ServedVersion } from "#core/promotion/plan-rollback";
import { recordAt } from "#core/registry/record-at";
import type { ReleaseRecord } from "#core/registry/release-record";
import { PROMOTION_MARKER, promotionCheck, promotionComment } from "#core/report/promotion-comment";
import type { BotPorts, Key } from "../work.ts";

const HISTORY = 100;

/** Keeps a promotion pull request's check run and comment true: what a merge still asks for, and what came of it. */
export async function reconcilePromotion(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Key[]> {
  if (pullRequest.state === "closed") return [];
  // The check run belongs to the commit: judged for another base, it would open the way into the default branch.
  if (pullRequest.base.branch !== (await ports.host.branches.defaultBranch())) return [];
  if (pullRequest.state === "merged") return tellDeployment(ports, pullRequest, branch);
  const requirements = await requirementsOf(ports, pullRequest, branch);
  if (requirements === undefined) return [];
  const view = { branch, requirements, deployment: undefined };
  await ports.host.comments.upsert(pullRequest.number, PROMOTION_MARKER, promotionComment(view));
  await ports.host.checks.upsert(promotionCheck(view, pullRequest.head.commit));
  return [];
}

async function tellDeployment(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Key[]> {
  const deployments = modelDeployments(await ports.host.deployments.list(branch.environment, HISTORY), branch);
  const deployment = deployments.find(
    ({ payload }) => payload.generation === branch.generation && shortDigest(payload.digest) === branch.shortDigest,
  );
  const view = { branch, requirements: [], deployment: deployment ?? ("not created yet" as const) };
  await ports.host.comments.upsert(pullRequest.number, PROMOTION_MARKER, promotionComment(view));
  return deployment === undefined ? [{ kind: "release", model: branch.model, environment: branch.environment }] : [];
}

/** What a merge asks for; undefined where Tidemark is not used. What cannot be read is one thing a merge asks for. */
export async function requirementsOf(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Requirement[] | undefined> {
  try {
    return await requirementsAtBase(ports, pullRequest, branch);
  } catch (error) {
    if (!(error instanceof UserError) || error.code.startsWith("GITHUB_")) throw error;
    return [{ kind: "record", holds: false, sentence: `can be judged: ${error.problem}` }];
  }
}

async function requirementsAtBase(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Requirement[] | undefined> {
  const { host } = ports;
  const base = await host.branches.head(pullRequest.base.branch);
  const config = base === undefined ? undefined : await configAt(ports, base);
  if (base === undefined || config === undefined) return undefined;
  const model = modelOf(config, branch.model);
  const proposed = await proposedRecord(ports, pullRequest, branch);
  return mergeRequirements({
    branch,
    changedFiles: await host.pullRequests.changedFiles(pullRequest.number),
    current: await recordAt(ports, branch, base),
    proposed,
    evidence:
      proposed === undefined || branch.kind !== "promote"
        ? undefined
        : await storedEvidence(ports, proposed.serving.evidence),
    gate: gateOf(model),
    environment: environmentOf(model, branch.environment),
    served: branch.kind === "rollback" && proposed !== undefined ? await servedAs(ports, proposed) : [],
    approvers: await currentApprovers(host, pullRequest),
  });
}

/** A record that cannot be read is a record that is not there: the requirements say so. */
async function proposedRecord(
  ports: BotPorts,
  { head }: PullRequest,
  branch: PromotionBranch,
): Promise<ReleaseRecord | undefined> {
  try {
    return await recordAt(ports, branch, head.commit);
  } catch (error) {
    if (error instanceof UserError && !error.code.startsWith("GITHUB_")) return undefined;
    throw error;
  }
}

/**
 * Where exactly this version, with its predictions and evidence, was deployed from: the record of a commit of the
 * default branch says so. Anybody who may write can make a deployment, so its own words prove nothing.
 */
async function servedAs(ports: BotPorts, proposed: ReleaseRecord): Promise<readonly ServedVersion[]> {
  const { host } = ports;
  const served = servedVersions(await host.deployments.list(proposed.environment, HISTORY), proposed);
  const wanted = digestOfJson(proposed.serving);
  const found: ServedVersion[] = [];
  for (const version of served.filter(({ healthy, digest }) => healthy && digest === proposed.serving.digest)) {
    if (!(await host.branches.contains(await host.branches.defaultBranch(), version.commit))) continue;
    const record = await recordAt(ports, proposed, version.commit);
    if (record !== undefined && digestOfJson(record.serving) === wanted) found.push(version);
  }
  return found;
}

async function storedEvidence(ports: BotPorts, digest: Digest): Promise<Evidence | undefined> {
  if (!(await ports.store.has(digest))) return undefined;
  const path = "evidence.json";
  await ports.store.get(digest, ports.scratch.locate(path));
  return readEvidence({ files: ports.scratch, documents: ports.documents }, path);
}
