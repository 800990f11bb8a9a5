import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { shortDigest } from "#core/digest";
import { artifactName } from "#core/model/artifact-names";
import { promotionBranch } from "#core/promotion/branch";
import { printRecord } from "#core/registry/read-record";
import { environmentEntry, modelEntry } from "#test/support/builders/config";
import { finding } from "#test/support/builders/evidence";
import { MODEL } from "#test/support/builders/model";
import { hold, KEY, releaseRecord, version } from "#test/support/builders/release-record";
import {
  type BotScene,
  botScene,
  checksOn,
  configText,
  deploymentOf,
  documents,
  merge,
  onlyOpen,
  proposed,
  RECORD_PATH,
  ranFor,
  recordOn,
  says,
  served,
  stateOf,
  trained,
} from "../reconcile/support/scene.ts";

const MERGES_ITSELF = { [MODEL]: modelEntry({ environments: [environmentEntry({ "rollback-merges-itself": true })] }) };

let scene: BotScene;

beforeEach(async () => {
  await start();
});

async function start(models?: Parameters<typeof botScene>[0]): Promise<void> {
  scene = botScene(models);
  await served(scene, releaseRecord({ serving: "veteran", generation: 2 }));
  await served(scene, releaseRecord());
}

async function ofMerged(facts?: Parameters<typeof trained>[1]): Promise<number> {
  const { number } = trained(scene, facts);
  await merge(scene, number);
  return number;
}

async function refused(number: number, text: string, words: RegExp): Promise<void> {
  const { pullRequests, objects, deployments, branches } = stateOf(scene);
  expect(await says(scene, number, text)).toMatch(words);
  const { comments: _, checks: __, ...after } = stateOf(scene);
  expect(after).toEqual({ pullRequests, objects, deployments, branches });
}

describe("/model promote", () => {
  test("opens one pull request for the merged candidate, however often it is asked", async () => {
    const number = await ofMerged();
    expect(await says(scene, number, "/model promote", "grace")).toMatch(
      /#\d+: Promote churn .* Review and merge it\./,
    );
    const first = await onlyOpen(scene, "promote");
    await says(scene, number, "/model promote", "grace");
    expect((await onlyOpen(scene, "promote")).number).toBe(first.number);
    expect(recordOn(scene, first.head.branch)).toMatchObject({ generation: 4, reason: "promotion" });
    expect(checksOn(scene, first.head.commit)).toHaveLength(1);
  });

  test("asked twice in one comment is one pull request", async () => {
    const answer = await says(scene, await ofMerged(), "/model promote\n/model promote");
    expect(answer).not.toContain("❌");
    await onlyOpen(scene, "promote");
  });

  test("refuses a candidate that is not merged, or was closed", async () => {
    const { number } = trained(scene);
    await refused(number, "/model promote", /is open\./);
    await scene.host.pullRequests.update(number, { state: "closed" });
    await refused(number, "/model promote", /is closed\./);
  });

  test("refuses a candidate that was merged into a branch nobody watches", async () => {
    scene.world.commit("mine", "notes.txt", "my own branch");
    await refused(await ofMerged({ base: "mine" }), "/model promote", /merged into mine, not into main/);
  });

  test.each<[string, Parameters<typeof trained>[1], RegExp]>([
    ["another run (F-66)", { says: { run: { id: 999, attempt: 1, headSha: "0".repeat(40) } } }, /speaks of run 999/],
    ["no run", { says: { run: null } }, /speaks of run/],
    ["another model (F-67)", { says: { model: "fraud" } }, /speaks of model fraud/],
    ["data with errors", { says: { findings: [finding()] } }, /verdict for churn in production is fail/],
    ["no baseline though one serves (F-84)", { says: { baseline: null } }, /compared with another version/],
    ["numbers that do not follow from its predictions", { says: { comparisons: [] } }, /inconclusive|do not follow/],
  ])("refuses evidence of %s", async (_, facts, words) => {
    await refused(await ofMerged(facts), "/model promote", words);
  });

  test("refuses a fork's run, a run that goes on, and one whose artifacts have expired (F-24)", async () => {
    await refused(
      await ofMerged({ weights: "fork", run: { sameRepository: false } }),
      "/model promote",
      /artifacts expire/,
    );
    await refused(
      await ofMerged({ weights: "slow", run: { status: "in_progress" } }),
      "/model promote",
      /artifacts expire/,
    );
    const number = await ofMerged({ weights: "gone" });
    scene.world.artifacts.clear();
    await refused(number, "/model promote", /artifacts expire/);
  });

  test("refuses files that were changed after training (F-28)", async () => {
    const { number, run } = trained(scene);
    await merge(scene, number);
    const files = scene.world.artifacts.get(run.id);
    const name = artifactName.candidate(MODEL);
    files?.set(name, { ...files.get(name), "model/weights.bin": "backdoor" });
    await refused(number, "/model promote", /weights\.bin is not the file that training left/);
  });

  test("refuses a candidate that lists a path outside its folder (F-25)", async () => {
    const { number, run } = trained(scene);
    await merge(scene, number);
    const files = scene.world.artifacts.get(run.id);
    const name = artifactName.candidate(MODEL);
    const described = files?.get(name)?.["candidate.json"] ?? "";
    files?.set(name, {
      ...files.get(name),
      "candidate.json": described.replace("predictions.csv", "../../etc/passwd"),
    });
    await refused(number, "/model promote", /candidate\.json/);
  });

  test("is judged by the default branch's gate, not by the one the pull request trained with (F-61)", async () => {
    const number = await ofMerged();
    scene.world.commit(
      "main",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 1.1 }] }) }),
    );
    await refused(number, "/model promote", /verdict for churn in production is fail/);
  });

  test("is refused while the environment is on hold", async () => {
    const number = await ofMerged();
    scene.world.commit("main", RECORD_PATH, printRecord(releaseRecord({ hold: hold() }), documents));
    await refused(number, "/model promote", /on hold since/);
  });

  test("closes the older promotion, never a newer one", async () => {
    const number = await ofMerged();
    await says(scene, number, "/model promote");
    const older = await onlyOpen(scene, "promote");
    const second = await ofMerged({ weights: "contender" });
    await says(scene, second, "/model promote");
    const newer = await onlyOpen(scene, "promote");
    expect(newer.number).toBeGreaterThan(older.number);
    expect((await scene.host.pullRequests.get(older.number)).state).toBe("closed");
  });

  test("takes the newest run of the commit", async () => {
    const { number, headSha } = trained(scene, { says: { findings: [finding()] } });
    ranFor(scene, headSha);
    await merge(scene, number);
    expect(await says(scene, number, "/model promote")).toContain("Review and merge it.");
  });
});

describe("/model rollback", () => {
  const anywhere = () => trained(scene).number;

  test("opens the pull request back to the last healthy version, on hold, and does not merge it", async () => {
    expect(await says(scene, anywhere(), "/model rollback")).toContain("Review and merge it.");
    const { head } = await onlyOpen(scene, "rollback");
    expect(recordOn(scene, head.branch)).toMatchObject({
      generation: 4,
      serving: version("veteran"),
      hold: { by: "ada" },
    });
    expect(recordOn(scene, "main")).toEqual(releaseRecord());
  });

  test("merges itself where the environment says so, and is deployed once", async () => {
    await start(MERGES_ITSELF);
    expect(await says(scene, anywhere(), "/model rollback")).toContain("by the environment's policy");
    expect(recordOn(scene, "main")).toMatchObject({ generation: 4, serving: version("veteran") });
    const payloads = [...scene.world.deployments.values()].map(({ payload }) => payload as { generation: number });
    expect(payloads.filter(({ generation }) => generation === 4)).toHaveLength(1);
  });

  test("twice in one comment goes one step back", async () => {
    await start(MERGES_ITSELF);
    await says(scene, anywhere(), "/model rollback\n/model rollback");
    expect(recordOn(scene, "main")).toMatchObject({ generation: 4 });
  });

  test("does not merge what somebody else put on its branch before", async () => {
    await start(MERGES_ITSELF);
    const branch = promotionBranch.format({
      kind: "rollback",
      ...KEY,
      generation: 4,
      shortDigest: shortDigest(version("veteran").digest),
    });
    scene.world.commit(branch, ".github/workflows/evil.yml", "on: push");
    await says(scene, anywhere(), "/model rollback");
    expect(scene.world.filesAt("main").has(".github/workflows/evil.yml")).toBe(false);
    expect(recordOn(scene, "main")).toEqual(releaseRecord());
  });

  test("does not go to a version that was only ever deployed by hand from a branch", async () => {
    await start(MERGES_ITSELF);
    const evil = releaseRecord({ serving: "evil", generation: 1 });
    const commit = scene.world.commit("mine", RECORD_PATH, printRecord(evil, documents));
    const { deployment } = await scene.host.deployments.createOnce(deploymentOf(evil, commit));
    await scene.host.deployments.setStatus(deployment.id, { state: "success", description: "trust me" });
    await refused(anywhere(), `/model rollback to ${evil.serving.digest}`, /not on the default branch/);
  });

  test.each([
    ["nothing earlier was healthy", "to ffffffff", /No version starting ffffffff/],
    ["the version serves already", `to ${version().digest}`, /names [0-9a-f]+ already/],
    ["no digest is given", "to", /followed by nothing/],
    ["the digest is a path", "to ../../main", /No version starting/],
  ])("is refused when %s", async (_, words, answer) => {
    await refused(anywhere(), `/model rollback ${words}`, answer);
  });

  test("works from any pull request, also one that is closed", async () => {
    const number = proposed(scene, "main");
    await scene.host.pullRequests.update(number, { state: "closed" });
    expect(await says(scene, number, "/model rollback")).toContain("Roll back churn");
  });
});

describe("/model resume", () => {
  test("opens the pull request that ends the hold, once", async () => {
    const number = proposed(scene, "main");
    scene.world.commit(
      "main",
      RECORD_PATH,
      printRecord(releaseRecord({ hold: hold(), reason: "rollback" }), documents),
    );
    await says(scene, number, "/model resume");
    await says(scene, number, "/model resume");
    const { head } = await onlyOpen(scene, "resume");
    const record = recordOn(scene, head.branch);
    expect(record).toMatchObject({ generation: 4, serving: version() });
    expect(record?.hold).toBeUndefined();
    expect(recordOn(scene, "main")?.hold).toBeDefined();
  });

  test("is refused where there is no hold", async () => {
    await refused(proposed(scene, "main"), "/model resume", /not on hold/);
  });
});
