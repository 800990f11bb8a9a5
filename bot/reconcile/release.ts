import { configAt } from "#core/config/config-at";
import { environmentOf, modelOf } from "#core/config/read-config";
import { type ModelDeployment, ownDeployments } from "#core/deployment/history";
import type { DeploymentPayload } from "#core/deployment/payload";
import { shortDigest } from "#core/digest";
import type { PullRequest } from "#core/ports/code-host";
import { branchOfRecord, kindOfRecord } from "#core/promotion/branch";
import { currentApprovers } from "#core/promotion/current-approvers";
import { approvalsAsked } from "#core/promotion/guard";
import { defaultHead } from "#core/promotion/promote";
import { promotionId } from "#core/promotion/promotion-id";
import type { RecordKey } from "#core/registry/read-record";
import { recordAt } from "#core/registry/record-at";
import type { ReleaseRecord } from "#core/registry/release-record";
import type { BotPorts, Key } from "../work.ts";

const HISTORY = 30;

/**
 * The record of the default branch says what should serve: there must be one GitHub Deployment for it. Asked again it
 * finds the deployment and changes nothing. An older generation never goes over a newer one.
 */
export async function reconcileRelease(ports: BotPorts, key: RecordKey): Promise<readonly Key[]> {
  const commit = await defaultHead(ports.host);
  const record = await recordAt(ports, key, commit);
  if (record === undefined) return [];
  const pullRequest = await promotionOf(ports, record);
  if (pullRequest === undefined) {
    ports.log.warn(
      { ...key, generation: record.generation },
      "the record was merged by no pull request of ours; not deployed",
    );
    return [];
  }
  const follow: readonly Key[] = [{ kind: "pull-request", number: pullRequest.number }];
  const deployments = ownDeployments(await ports.host.deployments.list(key.environment, HISTORY), key, ports.login);
  const id = promotionId(repositoryName(ports), record);
  if (deployments.some(({ payload }) => payload.promotion === id)) return follow;
  const newer = newerThan(record, deployments);
  if (newer !== undefined) {
    ports.log.warn(
      { ...key, generation: record.generation, newer },
      "the record is older than what was deployed; not deployed",
    );
    return follow;
  }
  const approvers = await currentApprovers(ports.host, pullRequest);
  if (!(await isApproved(ports, { record, commit, approvers }))) return follow;
  const payload = payloadFor(ports, { record, commit, pullRequest, approvers });
  const description = `${key.model} ${shortDigest(record.serving.digest)}, generation ${record.generation}`;
  await ports.host.deployments.createOnce({
    commit,
    environment: key.environment,
    description,
    payload,
    promotion: id,
  });
  return follow;
}

export function repositoryName({ host }: Pick<BotPorts, "host">): string {
  return `${host.repository.owner}/${host.repository.name}`;
}

function newerThan(record: ReleaseRecord, deployments: readonly ModelDeployment[]): number | undefined {
  const newest = Math.max(0, ...deployments.map(({ payload }) => payload.generation));
  return newest > record.generation ? newest : undefined;
}

/** The merged pull request that put this record in place, found by the branch its content prescribes. */
async function promotionOf(ports: BotPorts, record: ReleaseRecord): Promise<PullRequest | undefined> {
  const branch = await ports.host.branches.defaultBranch();
  const pullRequests = await ports.host.pullRequests.fromBranch(branchOfRecord(record));
  return pullRequests.find(({ state, base }) => state === "merged" && base.branch === branch);
}

interface Wanted {
  readonly record: ReleaseRecord;
  readonly commit: string;
  readonly approvers: readonly string[];
}

/** Where no branch protection asked for the check run, a merge proves nothing: the approvals are counted here again. */
async function isApproved(ports: BotPorts, { record, commit, approvers }: Wanted): Promise<boolean> {
  const config = await configAt(ports, commit);
  if (config === undefined || !Object.hasOwn(config.models, record.model)) return false;
  const environment = environmentOf(modelOf(config, record.model), record.environment);
  return approvers.length >= approvalsAsked(kindOfRecord(record), environment);
}

function payloadFor(ports: BotPorts, wanted: Wanted & { readonly pullRequest: PullRequest }): DeploymentPayload {
  const { record, commit, pullRequest, approvers } = wanted;
  return {
    promotion: promotionId(repositoryName(ports), record),
    model: record.model,
    environment: record.environment,
    digest: record.serving.digest,
    generation: record.generation,
    commit,
    pullRequest: pullRequest.number,
    approvers: [...approvers],
  };
}
