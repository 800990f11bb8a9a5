import { configAt } from "#core/config/config-at";
import { environmentOf, modelOf } from "#core/config/read-config";
import { gateOf, type ModelConfig } from "#core/config/tidemark-config";
import { ownDeployments, servedVersions } from "#core/deployment/history";
import { digestOfJson, shortDigest } from "#core/digest";
import { UserError } from "#core/errors";
import type { Evidence } from "#core/judge/evidence";
import { readEvidence } from "#core/judge/read-evidence";
import { predictionsName } from "#core/model/predictions-name";
import type { PullRequest } from "#core/ports/code-host";
import type { PromotionBranch } from "#core/promotion/branch";
import { currentApprovers } from "#core/promotion/current-approvers";
import { approvalsAsked, mergeRequirements, type Requirement } from "#core/promotion/guard";
import type { ServedVersion } from "#core/promotion/plan-rollback";
import { defaultHead } from "#core/promotion/promote";
import { remeasure } from "#core/promotion/remeasure";
import { recordAt } from "#core/registry/record-at";
import type { ReleaseRecord } from "#core/registry/release-record";
import { type NotDeployed, PROMOTION_MARKER, promotionCheck, promotionComment } from "#core/report/promotion-comment";
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
  const isProven = requirements.every(({ holds }) => holds);
  return isProven && (await mergesItself(ports, pullRequest, branch)) ? mergeNow(ports, pullRequest, branch) : [];
}

/** Only a step back that we opened ourselves; the requirements have looked at what stands on its branch. */
async function mergesItself(ports: BotPorts, pullRequest: PullRequest, branch: PromotionBranch): Promise<boolean> {
  if (branch.kind !== "rollback" || pullRequest.author !== ports.login) return false;
  const config = await configAt(ports, await defaultHead(ports.host));
  return (
    config !== undefined && environmentOf(modelOf(config, branch.model), branch.environment)["rollback-merges-itself"]
  );
}

/** GitHub merges exactly the commit that was looked at, or says no: then it waits for a person. */
async function mergeNow(
  ports: BotPorts,
  { number, head, title }: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Key[]> {
  const merge = await ports.host.pullRequests.merge(number, head.commit, title);
  if (merge.kind === "merged") return [{ kind: "release", model: branch.model, environment: branch.environment }];
  ports.log.warn({ pullRequest: number, outcome: merge.kind }, "a rollback did not merge itself");
  return [];
}

async function tellDeployment(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<readonly Key[]> {
  const listed = await ports.host.deployments.list(branch.environment, HISTORY);
  const deployments = ownDeployments(listed, branch, ports.login);
  const deployment = deployments.find(
    ({ payload }) => payload.generation === branch.generation && shortDigest(payload.digest) === branch.shortDigest,
  );
  const missing = deployment === undefined ? await reasonForNone(ports, pullRequest, branch) : undefined;
  const view = { branch, requirements: [], deployment: deployment ?? missing ?? ("not created yet" as const) };
  await ports.host.comments.upsert(pullRequest.number, PROMOTION_MARKER, promotionComment(view));
  const isWanted = deployment === undefined && missing === undefined;
  return isWanted ? [{ kind: "release", model: branch.model, environment: branch.environment }] : [];
}

/** A merge past the approvals, as an administrator can make it, is not deployed. */
async function reasonForNone(
  ports: BotPorts,
  pullRequest: PullRequest,
  branch: PromotionBranch,
): Promise<NotDeployed | undefined> {
  const config = await configAt(ports, await defaultHead(ports.host));
  if (config === undefined || !Object.hasOwn(config.models, branch.model)) return "not configured";
  const asked = approvalsAsked(branch.kind, environmentOf(modelOf(config, branch.model), branch.environment));
  return (await currentApprovers(ports.host, pullRequest)).length < asked ? "not approved" : undefined;
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
  const current = await recordAt(ports, branch, base);
  return mergeRequirements({
    branch,
    changedFiles: await host.pullRequests.changedFiles(pullRequest.number),
    current,
    proposed,
    openedByApp: pullRequest.authorIsBot,
    evidence:
      proposed === undefined || branch.kind !== "promote"
        ? undefined
        : await provenEvidence(ports, { proposed, current, model }),
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

interface Proof {
  readonly proposed: ReleaseRecord;
  readonly current: ReleaseRecord | undefined;
  readonly model: ModelConfig;
}

/** Evidence from the store whose every number was computed again from the predictions in the store. */
async function provenEvidence(ports: BotPorts, { proposed, current, model }: Proof): Promise<Evidence | undefined> {
  const { store, scratch: files, documents, engine } = ports;
  const { evidence: digest, predictions } = proposed.serving;
  if (!(await store.has(digest)) || !(await store.has(predictions.digest))) return undefined;
  await store.get(digest, files.locate("evidence.json"));
  const place = predictionsName("predictions", predictions);
  await store.get(predictions.digest, files.locate(place));
  const evidence = await readEvidence({ files, documents }, "evidence.json");
  try {
    await remeasure({ engine, files, store }, { evidence, model, current, predictions: place });
    return evidence;
  } catch (error) {
    if (error instanceof UserError && error.code === "EVIDENCE_NOT_REPRODUCED") return undefined;
    throw error;
  }
}
