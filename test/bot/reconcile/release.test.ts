import { beforeEach, describe, expect, test } from "vitest";
import { everything } from "#bot/reconcile/repository";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import type { DeploymentPayload } from "#core/deployment/payload";
import { branchOfRecord } from "#core/promotion/branch";
import { promotionId } from "#core/promotion/promotion-id";
import { printRecord } from "#core/registry/read-record";
import type { ReleaseRecord } from "#core/registry/release-record";
import { environmentEntry, modelEntry } from "#test/support/builders/config";
import { hold, KEY, releaseRecord } from "#test/support/builders/release-record";
import {
  approve,
  type BotScene,
  botScene,
  configText,
  deploymentOf,
  documents,
  merge,
  onlyOpen,
  ownComments,
  proposed,
  RECORD_PATH,
  says,
  served,
  settle,
  stateOf,
  trained,
} from "./support/scene.ts";

let scene: BotScene;

beforeEach(() => {
  scene = botScene();
});

const look = () => settle(scene, { kind: "release", ...KEY });

/** Puts a record on the default branch as it comes there: by a pull request of ours that was approved and merged. */
async function names(record: ReleaseRecord, approver: string | undefined = "ada") {
  const { host, world } = scene;
  const branch = branchOfRecord(record);
  await host.branches.create(branch, world.branches.get("main") ?? "");
  world.commit(branch, RECORD_PATH, printRecord(record, documents));
  const { pullRequest } = await host.pullRequests.openOnce({ branch, base: "main", title: "promote", body: "" });
  if (approver !== "nobody") await approve(scene, pullRequest.number, approver);
  await merge(scene, pullRequest.number);
  return { commit: world.branches.get("main") ?? "", number: pullRequest.number };
}

const payloads = () => [...scene.world.deployments.values()].map(({ payload }) => payload as DeploymentPayload);

describe("a release", () => {
  test("named by the default branch gets one deployment, however often it is looked at (F-37)", async () => {
    const { commit, number } = await names(releaseRecord());
    await look();
    await look();
    const { digest } = releaseRecord().serving;
    expect(payloads()).toEqual([
      {
        promotion: promotionId("ada/models", releaseRecord()),
        ...KEY,
        digest,
        generation: 3,
        commit,
        pullRequest: number,
        approvers: ["ada"],
      },
    ]);
  });

  test("looked at ten times at once gets one deployment", async () => {
    await names(releaseRecord());
    await Promise.all(Array.from({ length: 10 }, look));
    expect(payloads()).toHaveLength(1);
  });

  test("that was pushed without a pull request of ours is not deployed", async () => {
    scene.world.commit("main", RECORD_PATH, printRecord(releaseRecord(), documents));
    await look();
    expect(payloads()).toEqual([]);
    expect(scene.log.told.map(({ message }) => message).join()).toContain("by no pull request of ours");
  });

  test("that was merged without the approvals asked is not deployed, and its pull request says so", async () => {
    const { number } = await names(releaseRecord(), "nobody");
    await look();
    expect(payloads()).toEqual([]);
    expect(
      ownComments(scene, number)
        .map(({ body }) => body)
        .join(),
    ).toContain("merged without the approvals");
    await approve(scene, number);
    await look();
    expect(payloads()).toHaveLength(1);
  });

  test("is deployed though somebody made a deployment by hand that looks newer", async () => {
    await names(releaseRecord());
    const forged = await scene.host.deployments.createOnce(
      deploymentOf({ ...releaseRecord(), generation: 999 }, "main"),
    );
    scene.world.deployments.set(forged.deployment.id, { ...forged.deployment, creator: "mallory" });
    await look();
    expect(payloads().map(({ generation }) => generation)).toEqual([999, 3]);
  });

  test("is not there before the first promotion", async () => {
    expect(await look()).toBe(1);
    expect(payloads()).toEqual([]);
  });

  test("is not deployed again when the default branch moves on beside it", async () => {
    await names(releaseRecord());
    await look();
    scene.world.commit("main", "README.md", "more");
    await look();
    expect(payloads()).toHaveLength(1);
  });

  test("of an older generation is never deployed over a newer one, even when history is rewritten (F-38, F-51)", async () => {
    await names(releaseRecord({ serving: "veteran", generation: 2 }));
    const before = scene.world.branches.get("main") ?? "";
    await names(releaseRecord());
    await look();
    scene.world.branches.set("main", before);
    await look();
    expect(payloads().map(({ generation }) => generation)).toEqual([3]);
    expect(scene.log.told.map(({ message }) => message).join()).toContain("older than what was deployed");
  });

  test("gets no second deployment after one that failed", async () => {
    await served(scene, releaseRecord(), "failure");
    await look();
    expect(payloads()).toHaveLength(1);
  });

  test("of a model nobody configures any more is left alone", async () => {
    await names(releaseRecord());
    scene.world.commit("main", CONFIG_PATH, configText({ other: modelEntry() }));
    await look();
    expect(payloads()).toEqual([]);
  });

  test("whose record speaks of another model is refused (F-67)", async () => {
    scene.world.commit("main", RECORD_PATH, printRecord({ ...releaseRecord(), model: "fraud" }, documents));
    await expect(look()).rejects.toMatchObject({ code: "RECORD_INVALID" });
    expect(payloads()).toEqual([]);
  });

  test("of one model says nothing of another's", async () => {
    scene = botScene({ churn: modelEntry(), fraud: modelEntry() });
    await names(releaseRecord());
    await look();
    await settle(scene, { kind: "release", model: "fraud", environment: "production" });
    expect(payloads()).toHaveLength(1);
  });
});

describe("a release names who agreed", () => {
  async function promoted(): Promise<number> {
    await served(scene, releaseRecord());
    const { number } = trained(scene);
    await merge(scene, number);
    await says(scene, number, "/model promote", "grace");
    return (await onlyOpen(scene, "promote")).number;
  }

  test("those who may write, on the head that was merged", async () => {
    const number = await promoted();
    await approve(scene, number, "ada");
    await approve(scene, number, "mallory");
    await merge(scene, number);
    await look();
    expect(payloads().at(-1)).toMatchObject({ pullRequest: number, approvers: ["ada"], generation: 4 });
  });

  test("nobody of a pull request that was merged into another branch", async () => {
    const number = await promoted();
    const { head } = await scene.host.pullRequests.get(number);
    const elsewhere = proposed(scene, head.branch, { base: "train-challenger" });
    await approve(scene, elsewhere, "ada");
    await merge(scene, elsewhere);
    scene.world.commit("main", RECORD_PATH, scene.world.filesAt(head.branch).get(RECORD_PATH) ?? "");
    await look();
    expect(payloads().at(-1)).toMatchObject({ pullRequest: null, approvers: [] });
  });
});

describe("a repository", () => {
  test("has a key for every environment of every model and every open pull request", async () => {
    const environments = [environmentEntry({ name: "staging" }), environmentEntry()];
    scene = botScene({ churn: modelEntry({ environments }), fraud: modelEntry() });
    const { number } = trained(scene);
    const closed = trained(scene, { weights: "closed" });
    await scene.host.pullRequests.update(closed.number, { state: "closed" });
    expect(await everything(await scene.ports())).toEqual([
      { kind: "release", model: "churn", environment: "staging" },
      { kind: "release", model: "churn", environment: "production" },
      { kind: "release", model: "fraud", environment: "production" },
      { kind: "pull-request", number },
    ]);
  });

  test("without a configuration has none", async () => {
    scene.world.branches.set("main", scene.world.addCommit(new Map([["README.md", ""]]), []));
    expect(await everything(await scene.ports())).toEqual([]);
  });

  test("swept twice is the same, and swept once is enough without any webhook (F-39)", async () => {
    await names(releaseRecord({ hold: hold(), reason: "rollback" }));
    trained(scene);
    await settle(scene, { kind: "repository" });
    const once = stateOf(scene);
    expect(once.deployments).toHaveLength(1);
    expect(once.checks).toHaveLength(1);
    await settle(scene, { kind: "repository" });
    expect(stateOf(scene)).toEqual(once);
  });
});
