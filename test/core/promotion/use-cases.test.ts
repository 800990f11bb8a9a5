import { beforeEach, describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { modelOf } from "#core/config/read-config";
import { CONFIG_PATH, gateOf } from "#core/config/tidemark-config";
import { carryOut, type DeployPorts } from "#core/deployment/carry-out";
import { digestOf } from "#core/digest";
import { evidenceDigest } from "#core/judge/evidence";
import { measure } from "#core/judge/measure";
import { MODEL_FOLDER } from "#core/model/layout";
import type { NewDeployment } from "#core/ports/code-host";
import { promotionBody } from "#core/promotion/body";
import { promotionBranch } from "#core/promotion/branch";
import { promote } from "#core/promotion/promote";
import { promotionId } from "#core/promotion/promotion-id";
import { resume } from "#core/promotion/resume";
import { rollback } from "#core/promotion/rollback";
import { printRecord, readRecord } from "#core/registry/read-record";
import { type ReleaseRecord, recordPath } from "#core/registry/release-record";
import { config, modelEntry } from "#test/support/builders/config";
import { comparison, evidence } from "#test/support/builders/evidence";
import { candidate, contentsOf, MODEL, PREDICTED } from "#test/support/builders/model";
import { predictions } from "#test/support/builders/predictions";
import { hold, KEY, releaseRecord } from "#test/support/builders/release-record";
import { type MemoryCodeHost, memoryCodeHost } from "#test/support/fakes/code-host";
import { type MemoryTarget, memoryTarget } from "#test/support/fakes/deploy-target";
import { type MemoryStore, memoryStore } from "#test/support/fakes/object-store";
import { temporaryFolder } from "#test/support/temporary-folder";

const documents = yamlDocuments();
const MODEL_CONFIG = modelOf(config(), MODEL);
const clock = () => new Date("2026-03-02T10:00:00Z");
const PATH = recordPath.format(KEY);
const CONFIG = JSON.stringify({ models: { churn: modelEntry() }, store: { kind: "github-release" } });

const FILES = { "README.md": "# Models\n", [CONFIG_PATH]: CONFIG };

type Proof = ReturnType<typeof evidence>;

let host: MemoryCodeHost;
let store: MemoryStore;
let folder: string;

beforeEach(async () => {
  host = memoryCodeHost({ files: FILES });
  store = memoryStore();
  folder = await temporaryFolder();
});

const world = () => host.world;
const recordOn = (branch: string) => readRecord(world().filesAt(branch).get(PATH) ?? "", documents, KEY);
const merge = async (number: number) => {
  const { head } = await host.pullRequests.get(number);
  return host.pullRequests.merge(number, head.commit, "merge");
};

/** The record is on the default branch, and its commit was deployed with this outcome. */
async function served(record: ReleaseRecord, state: "success" | "failure" = "success"): Promise<number> {
  world().commit("main", PATH, printRecord(record, documents));
  keepPredictions(record);
  const { deployment } = await host.deployments.createOnce(deploymentOf(record, world().branches.get("main")!));
  await host.deployments.setStatus(deployment.id, { state, description: state });
  return deployment.id;
}

/** The store holds what the serving version predicted; all models here predict the same. */
function keepPredictions({ serving }: ReleaseRecord): void {
  const texts = ["champion", "veteran", "solid", "broken"].map((weights) => contentsOf(weights).predictions);
  const text = texts.find((one) => digestOf(one) === serving.predictions.digest);
  if (text !== undefined) store.objects.set(serving.predictions.digest, new TextEncoder().encode(text));
}

function deploymentOf(record: ReleaseRecord, commit: string): NewDeployment {
  const promotion = promotionId("ada/models", record);
  const { model, environment, generation, serving } = record;
  const payload = { model, environment, digest: serving.digest, generation, commit, pullRequest: null, approvers: [] };
  return { commit, environment, description: "deploy", payload, promotion };
}

describe("promoting", () => {
  test("keeps files, predictions and evidence, then opens one pull request that changes one record", async () => {
    await served(releaseRecord());
    const { pullRequest, created, record } = await bringUp("challenger");
    expect(created).toBe(true);
    expect(await host.pullRequests.changedFiles(pullRequest.number)).toEqual([PATH]);
    expect(recordOn(pullRequest.head.branch)).toEqual(record);
    const kept = [
      ...record.serving.files.map(({ digest }) => digest),
      record.serving.predictions.digest,
      record.serving.evidence,
    ];
    expect(kept.map((digest) => store.objects.has(digest))).toEqual(kept.map(() => true));
    expect(promotionBranch.parse(pullRequest.head.branch)).toMatchObject({ kind: "promote", generation: 4 });
    expect(promotionBody.parse(pullRequest.body)).toMatchObject({
      promotion: promotionId("ada/models", record),
      generation: 4,
    });
  });

  test("twice is one pull request and one commit", async () => {
    await served(releaseRecord());
    const first = await bringUp("challenger");
    const commits = world().commits.size;
    const second = await bringUp("challenger");
    expect(second).toMatchObject({ created: false, pullRequest: { number: first.pullRequest.number } });
    expect(world().commits.size).toBe(commits);
  });

  test("ends at the same pull request after a crash between branch and pull request", async () => {
    await served(releaseRecord());
    const refused = {
      ...host,
      pullRequests: { ...host.pullRequests, openOnce: () => Promise.reject(new Error("killed")) },
    };
    await expect(bringUp("challenger", refused)).rejects.toThrow("killed");
    expect((await bringUp("challenger")).created).toBe(true);
    expect(await host.pullRequests.open()).toHaveLength(1);
  });

  test("closes the older promotion of the same environment, with a pointer, and leaves a rollback alone", async () => {
    await served(releaseRecord({ serving: "veteran", generation: 2 }));
    await served(releaseRecord());
    const rolled = await rollback({ host, documents, clock }, rollbackRequest());
    const older = await bringUp("challenger");
    const newer = await bringUp("contender");
    expect((await host.pullRequests.get(older.pullRequest.number)).state).toBe("closed");
    expect((await host.pullRequests.open()).map(({ number }) => number).sort()).toEqual(
      [rolled.pullRequest.number, newer.pullRequest.number].sort(),
    );
    expect([...world().comments.values()].map(({ body }) => body).join()).toContain(
      `Superseded by #${newer.pullRequest.number}.`,
    );
    expect(world().branches.has(older.pullRequest.head.branch)).toBe(false);
  });

  test("an unproven candidate stores nothing and opens nothing", async () => {
    await served(releaseRecord());
    const lost = evidence({ comparisons: [comparison({ gain: -0.04 })] });
    await expect(bringUp("challenger", host, lost)).rejects.toMatchObject({ code: "NOT_PROVEN" });
    expect([...store.objects.keys()]).toEqual([releaseRecord().serving.predictions.digest]);
    expect(await host.pullRequests.open()).toEqual([]);
  });

  test.each([
    ["numbers", (proof: Proof) => ({ ...proof, comparisons: [comparison({ gain: 0.1 })] })],
    ["rows", (proof: Proof) => ({ ...proof, holdout: { ...proof.holdout, rows: 9_000, positives: 4_000 } })],
  ])("refuses evidence whose %s do not follow from its predictions (F-66)", async (_, forge) => {
    await served(releaseRecord());
    const forged = forge(proofOf("challenger"));
    await expect(bringUp("challenger", host, forged)).rejects.toMatchObject({ code: "EVIDENCE_NOT_REPRODUCED" });
  });

  test("stops when somebody wrote to the branch meanwhile", async () => {
    await served(releaseRecord());
    const raced = { ...host, branches: { ...host.branches, commitFile: async () => "moved" as const } };
    await expect(bringUp("challenger", raced)).rejects.toMatchObject({ code: "BRANCH_TOUCHED" });
  });
});

describe("rolling back", () => {
  test("opens a pull request to the last healthy version, one generation on, and on hold", async () => {
    await served(releaseRecord({ serving: "veteran", generation: 1 }));
    await served(releaseRecord({ serving: "broken", generation: 2 }), "failure");
    await served(releaseRecord());
    const { record, pullRequest } = await rollback({ host, documents, clock }, rollbackRequest());
    expect(record).toMatchObject({
      generation: 4,
      reason: "rollback",
      serving: releaseRecord({ serving: "veteran" }).serving,
      hold: { by: "ada", reason: "alarms", since: "2026-03-02T10:00:00.000Z", request: "comment:7" },
    });
    expect(recordOn(pullRequest.head.branch)).toEqual(record);
    expect(pullRequest.body).toContain("alarms");
  });

  test("to a named version takes that one", async () => {
    await served(releaseRecord({ serving: "veteran", generation: 1 }));
    await served(releaseRecord({ serving: "solid", generation: 2 }));
    await served(releaseRecord());
    const to = releaseRecord({ serving: "veteran" }).serving.digest.slice(7, 15);
    const { record } = await rollback({ host, documents, clock }, { ...rollbackRequest(), to });
    expect(record.serving).toEqual(releaseRecord({ serving: "veteran" }).serving);
  });

  test("asked twice is one pull request", async () => {
    await served(releaseRecord({ serving: "veteran", generation: 2 }));
    await served(releaseRecord());
    await rollback({ host, documents, clock }, rollbackRequest());
    const later = () => new Date("2026-03-02T10:05:00Z");
    const second = await rollback({ host, documents, clock: later }, rollbackRequest());
    expect(second.created).toBe(false);
    expect(await host.pullRequests.open()).toHaveLength(1);
  });

  test("finds nothing where nothing earlier was healthy", async () => {
    await served(releaseRecord());
    await expect(rollback({ host, documents, clock }, rollbackRequest())).rejects.toMatchObject({
      code: "NOTHING_TO_ROLL_BACK",
    });
  });

  test("without a record says that nothing was promoted yet", async () => {
    await expect(rollback({ host, documents, clock }, rollbackRequest())).rejects.toMatchObject({
      code: "RECORD_MISSING",
    });
  });

  test("refuses a commit whose record names another version than was deployed from it", async () => {
    await served(releaseRecord({ serving: "veteran", generation: 2 }));
    const [deployment] = world().deployments.values();
    const payload = { ...(deployment!.payload as object), digest: digestOf("moved by hand") };
    world().deployments.set(deployment!.id, { ...deployment!, payload });
    await served(releaseRecord());
    await expect(rollback({ host, documents, clock }, rollbackRequest())).rejects.toMatchObject({
      code: "RECORD_MISMATCH",
    });
  });
});

describe("resuming", () => {
  test("opens a pull request that ends the hold and keeps what serves", async () => {
    await served(releaseRecord({ hold: hold(), reason: "rollback" }));
    const { record, pullRequest } = await resume({ host, documents }, KEY);
    expect(record).toEqual({ ...releaseRecord(), generation: 4, reason: "resume" });
    expect(recordOn(pullRequest.head.branch).hold).toBeUndefined();
    expect(pullRequest.body).toContain("too many alarms");
  });

  test("is refused where there is no hold", async () => {
    await served(releaseRecord());
    await expect(resume({ host, documents }, KEY)).rejects.toMatchObject({ code: "NOT_ON_HOLD" });
  });
});

describe("from a candidate to what serves and back", () => {
  test("every step leaves a record that the next step reads", async () => {
    const first = await bringUp("champion", host);
    await merge(first.pullRequest.number);
    await deployHead();
    expect(recordOn("main")).toMatchObject({ generation: 1, reason: "first" });
    const second = await bringUp("challenger");
    await merge(second.pullRequest.number);
    await deployHead();
    const back = await rollback({ host, documents, clock }, rollbackRequest());
    await merge(back.pullRequest.number);
    expect(recordOn("main")).toMatchObject({
      generation: 3,
      reason: "rollback",
      serving: { digest: first.record.serving.digest },
    });
    await expect(bringUp("contender")).rejects.toMatchObject({ code: "ON_HOLD" });
    const resumed = await resume({ host, documents }, KEY);
    await merge(resumed.pullRequest.number);
    const fourth = await bringUp("contender");
    expect(fourth.record.generation).toBe(5);
  });
});

describe("carrying out a deployment", () => {
  test("brings up the record's files, reads the digest back and says so", async () => {
    const id = await waiting(releaseRecord());
    const target = memoryTarget();
    const deployed = await deploy(id, target);
    expect(deployed).toMatchObject({ kind: "serving", serving: { digest: releaseRecord().serving.digest } });
    const { statuses } = await host.deployments.get(id);
    expect(statuses.map(({ state }) => state)).toEqual(["success", "in_progress"]);
    expect(target.applied).toHaveLength(1);
  });

  test("twice applies once", async () => {
    const id = await waiting(releaseRecord());
    const target = memoryTarget();
    await deploy(id, target);
    await deploy(id, target, await temporaryFolder());
    expect(target.applied).toHaveLength(1);
  });

  test("of an older generation changes nothing, and says by what it is superseded", async () => {
    const older = await waiting(releaseRecord({ serving: "veteran", generation: 2 }));
    await waiting(releaseRecord());
    const target = memoryTarget();
    expect(await deploy(older, target)).toMatchObject({ kind: "superseded", by: 3 });
    expect((await host.deployments.get(older)).statuses[0]).toMatchObject({ state: "inactive" });
    expect(target.applied).toEqual([]);
  });

  test("that does not come up is a failure with its reason, and the error goes on", async () => {
    const id = await waiting(releaseRecord());
    const sick = memoryTarget({ isHealthy: async () => false });
    await expect(deploy(id, sick)).rejects.toMatchObject({ code: "TARGET_UNHEALTHY" });
    const [status] = (await host.deployments.get(id)).statuses;
    expect(status).toMatchObject({ state: "failure", description: expect.stringContaining("did not become healthy") });
  });

  test("whose target serves other bytes afterwards is a failure (F-56)", async () => {
    const id = await waiting(releaseRecord());
    const lying = { ...memoryTarget(), read: async () => ({ digest: digestOf("old"), ready: true, endpoint: "x" }) };
    await expect(deploy(id, lying)).rejects.toMatchObject({ code: "TARGET_UNHEALTHY" });
    expect((await host.deployments.get(id)).statuses[0]?.state).toBe("failure");
  });

  test("whose files the store has lost is a failure before the target is touched (F-81)", async () => {
    const id = await waiting(releaseRecord());
    store.objects.clear();
    const target = memoryTarget();
    await expect(deploy(id, target)).rejects.toMatchObject({ code: "OBJECT_MISSING" });
    expect(target.applied).toEqual([]);
    expect((await host.deployments.get(id)).statuses[0]?.state).toBe("failure");
  });

  test("that asks for another version than its commit's record is refused", async () => {
    const id = await waiting(releaseRecord());
    const found = world().deployments.get(id)!;
    world().deployments.set(id, { ...found, payload: { ...(found.payload as object), digest: digestOf("forged") } });
    const target = memoryTarget();
    await expect(deploy(id, target)).rejects.toMatchObject({ code: "RECORD_MISMATCH" });
    expect(target.applied).toEqual([]);
  });

  test("of somebody else's deployment is refused and leaves it alone", async () => {
    const { deployment } = await host.deployments.createOnce({
      commit: world().branches.get("main")!,
      environment: "production",
      description: "theirs",
      payload: { by: "hand" },
      promotion: "theirs",
    });
    await expect(deploy(deployment.id, memoryTarget())).rejects.toMatchObject({ code: "NOT_OURS" });
    expect((await host.deployments.get(deployment.id)).statuses).toEqual([]);
  });

  test("says nothing of a broken program but that the step broke", async () => {
    const id = await waiting(releaseRecord());
    const broken = { ...memoryTarget(), apply: () => Promise.reject(new Error("token=hunter2")) };
    await expect(deploy(id, broken)).rejects.toThrow("hunter2");
    expect((await host.deployments.get(id)).statuses[0]?.description).toBe("the deploy step broke");
  });
});

/** Writes the candidate to its folder and promotes it. */
async function bringUp(weights: string, on: MemoryCodeHost = host, proof = proofOf(weights)) {
  const files = folderFiles(folder);
  const { model, predictions } = contentsOf(weights);
  for (const [path, text] of Object.entries(model)) await files.write(`${weights}/${MODEL_FOLDER}/${path}`, text);
  await files.write(`${weights}/predictions.csv`, predictions);
  const request = {
    key: KEY,
    candidate: candidate({ weights }),
    evidence: proof,
    model: MODEL_CONFIG,
    folder: weights,
  };
  const promoted = await promote({ host: on, documents, engine: csvDataEngine(), store, files }, request);
  expect(promoted.record.serving.evidence).toBe(evidenceDigest(proof));
  return promoted;
}

function proofOf(weights: string) {
  const against = world().filesAt("main").has(PATH) ? recordOn("main") : null;
  const { minimum, confidence } = gateOf(MODEL_CONFIG);
  const other = against === null ? undefined : predictions(PREDICTED);
  const measured = measure(predictions(PREDICTED), other, { primaryMetric: "roc_auc", confidence, minimum });
  const { comparisons, slices } = measured;
  const holdout = { rows: 120, positives: 60 };
  return evidence({ of: candidate({ weights }), against, holdout, comparisons: [...comparisons], slices: [...slices] });
}

function rollbackRequest() {
  return { key: KEY, to: undefined, reason: "alarms", by: "ada", request: "comment:7" };
}

/** The record is merged, its files are in the store, its deployment is there and has not begun. */
async function waiting(record: ReleaseRecord): Promise<number> {
  const weights = ["champion", "veteran"].find(
    (name) => releaseRecord({ serving: name }).serving.digest === record.serving.digest,
  )!;
  for (const text of Object.values(contentsOf(weights).model))
    store.objects.set(digestOf(text), new TextEncoder().encode(text));
  const commit = world().commit("main", PATH, printRecord(record, documents));
  return (await host.deployments.createOnce(deploymentOf(record, world().branches.get("main") ?? String(commit))))
    .deployment.id;
}

async function deployHead(): Promise<void> {
  const { deployment } = await host.deployments.createOnce(
    deploymentOf(recordOn("main"), world().branches.get("main")!),
  );
  await deploy(deployment.id, memoryTarget(), await temporaryFolder());
}

async function deploy(id: number, target: MemoryTarget, into = folder) {
  await folderFiles(into).write(`${MODEL_FOLDER}/.keep`, "");
  const quiet = () => undefined;
  const log: DeployPorts["log"] = {
    info: quiet,
    debug: quiet,
    warning: quiet,
    error: quiet,
    group: (_, work) => work(),
  };
  const files = folderFiles(into);
  return carryOut(
    { host, documents, openStore: () => store, openTarget: () => target, files, log, runUrl: "https://run.example" },
    id,
  );
}
