import { configAt } from "#core/config/config-at";
import { type ModelDeployment, modelDeployments } from "#core/deployment/history";
import type { DeploymentPayload } from "#core/deployment/payload";
import { shortDigest } from "#core/digest";
import type { PullRequest } from "#core/ports/code-host";
import { branchOfRecord } from "#core/promotion/branch";
import { currentApprovers } from "#core/promotion/current-approvers";
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
  const follow: readonly Key[] =
    pullRequest === undefined ? [] : [{ kind: "pull-request", number: pullRequest.number }];
  const deployments = modelDeployments(await ports.host.deployments.list(key.environment, HISTORY), key);
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
  if ((await configAt(ports, commit))?.models[key.model] === undefined) return follow;
  const payload = await payloadFor(ports, { record, commit, pullRequest });
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
  readonly pullRequest: PullRequest | undefined;
}

async function payloadFor(ports: BotPorts, { record, commit, pullRequest }: Wanted): Promise<DeploymentPayload> {
  const approvers = pullRequest === undefined ? [] : await currentApprovers(ports.host, pullRequest);
  return {
    promotion: promotionId(repositoryName(ports), record),
    model: record.model,
    environment: record.environment,
    digest: record.serving.digest,
    generation: record.generation,
    commit,
    pullRequest: pullRequest?.number ?? null,
    approvers: [...approvers],
  };
}
