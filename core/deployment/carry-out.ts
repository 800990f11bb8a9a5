import { configAt } from "../config/config-at.ts";
import { environmentOf, modelOf } from "../config/read-config.ts";
import type { Environment, TidemarkConfig } from "../config/tidemark-config.ts";
import { shortDigest } from "../digest.ts";
import { UserError } from "../errors.ts";
import { MODEL_FOLDER } from "../model/layout.ts";
import type { CodeHost } from "../ports/code-host.ts";
import type { DeployTarget, Serving } from "../ports/deploy-target.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import type { Log } from "../ports/log.ts";
import type { OpenStore } from "../ports/open-store.ts";
import { defaultHead } from "../promotion/promote.ts";
import { existingRecord, recordAt } from "../registry/record-at.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";
import { type DeploymentPayload, parsePayload } from "./payload.ts";

export interface DeployPorts {
  readonly host: CodeHost;
  readonly documents: Documents;
  readonly openStore: OpenStore;
  readonly openTarget: (target: Environment["target"], modelFolder: string) => DeployTarget;
  /** An empty folder. */
  readonly files: Files;
  readonly log: Log;
  readonly runUrl: string | undefined;
}

export type Deployed =
  | { readonly kind: "serving"; readonly payload: DeploymentPayload; readonly serving: Serving }
  /** The record has moved on since this deployment was made. */
  | { readonly kind: "superseded"; readonly payload: DeploymentPayload; readonly by: number };

/**
 * Carries out one GitHub Deployment of ours: fetches the record's files, re-hashes them, applies them to the target
 * and reads the digest back from what serves. Every outcome is written to the deployment's status.
 * @throws UserError after the status says failure
 */
export async function carryOut(ports: DeployPorts, deploymentId: number): Promise<Deployed> {
  const { host } = ports;
  const payload = parsePayload((await host.deployments.get(deploymentId)).payload);
  if (payload === undefined) {
    throw new UserError(
      "NOT_OURS",
      `Deployment ${deploymentId} was not made by Tidemark.`,
      "Let the workflow run on Tidemark's deployments only.",
    );
  }
  const newer = await newerGeneration(ports, payload);
  if (newer !== undefined) return superseded(ports, { id: deploymentId, payload }, newer);
  const log = ports.runUrl === undefined ? {} : { logUrl: ports.runUrl };
  await host.deployments.setStatus(deploymentId, {
    state: "in_progress",
    description: `deploying ${shortDigest(payload.digest)}`,
    ...log,
  });
  try {
    const serving = await bringUp(ports, payload);
    if (typeof serving === "number") return await superseded(ports, { id: deploymentId, payload }, serving);
    const description = `${shortDigest(serving.digest)} serves`;
    await host.deployments.setStatus(deploymentId, {
      state: "success",
      description,
      environmentUrl: serving.endpoint,
      ...log,
    });
    return { kind: "serving", payload, serving };
  } catch (error) {
    const description = (error instanceof UserError ? error.problem : "the deploy step broke").slice(0, 140);
    await host.deployments.setStatus(deploymentId, { state: "failure", description, ...log });
    throw error;
  }
}

async function superseded(
  { host }: DeployPorts,
  { id, payload }: { readonly id: number; readonly payload: DeploymentPayload },
  by: number,
): Promise<Deployed> {
  await host.deployments.setStatus(id, { state: "inactive", description: `superseded by generation ${by}` });
  return { kind: "superseded", payload, by };
}

/** An older generation never goes over a newer one. */
async function newerGeneration(
  { host, documents }: DeployPorts,
  payload: DeploymentPayload,
): Promise<number | undefined> {
  const now = await recordAt({ host, documents }, payload, await defaultHead(host));
  return now !== undefined && now.generation > payload.generation ? now.generation : undefined;
}

/**
 * Anybody who may write to the repository can make a deployment, so its payload only asks: the record and the
 * configuration of the default branch say what may serve, and how. A number is the newer generation that came meanwhile.
 */
async function bringUp(ports: DeployPorts, payload: DeploymentPayload): Promise<Serving | number> {
  const head = await defaultHead(ports.host);
  const record = await existingRecord(ports, payload, head);
  if (record.serving.digest !== payload.digest || record.generation !== payload.generation) {
    throw new UserError(
      "RECORD_MISMATCH",
      `The deployment asks for another version than the record at ${head.slice(0, 7)} names.`,
      "Let the bot create the deployment again.",
    );
  }
  const config = await configAt(ports, head);
  if (config === undefined)
    throw new UserError("CONFIG_MISSING", "The default branch has no configuration.", "Restore .github/tidemark.yml.");
  await fetchModel(ports, config, record);
  const model = modelOf(config, payload.model);
  const target = ports.openTarget(environmentOf(model, payload.environment).target, model.path);
  // Fetching takes minutes for a large model.
  const newer = await newerGeneration(ports, payload);
  if (newer !== undefined) return newer;
  ports.log.info(`Applying ${shortDigest(payload.digest)} to ${target.description}`);
  await target.apply({ model: payload.model, digest: payload.digest, folder: ports.files.locate(MODEL_FOLDER) });
  return readBack(target, payload);
}

/** The store re-hashes every object on its way out, so what lies in the folder is what the record names. */
async function fetchModel(
  { openStore, files }: DeployPorts,
  config: TidemarkConfig,
  record: ReleaseRecord,
): Promise<void> {
  const store = openStore(config.store);
  for (const file of record.serving.files) {
    await store.get(file.digest, files.locate(`${MODEL_FOLDER}/${file.path}`));
  }
}

async function readBack(target: DeployTarget, { model, digest }: DeploymentPayload): Promise<Serving> {
  const serving = await target.read(model);
  if (serving?.ready === true && serving.digest === digest) return serving;
  const seen =
    serving === undefined ? "nothing answers" : `${shortDigest(serving.digest)} answers, ready: ${serving.ready}`;
  throw new UserError(
    "TARGET_UNHEALTHY",
    `After the deployment ${seen}; ${shortDigest(digest)} was asked for.`,
    `Look at ${target.description}.`,
  );
}
