import { beforeEach, describe, expect, test } from "vitest";
import { promote } from "#actions/promote/action";
import { rollback } from "#actions/rollback/action";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { runAction } from "#kit/run-action";
import { recordingRunner } from "#test/kit/support/recording-runner";
import { modelEntry } from "#test/support/builders/config";
import { finding } from "#test/support/builders/evidence";
import { candidate, MODEL } from "#test/support/builders/model";
import { releaseRecord, version } from "#test/support/builders/release-record";
import { temporaryFolder } from "#test/support/temporary-folder";
import {
  type BotScene,
  botScene,
  clock,
  configText,
  documents,
  merge,
  onlyOpen,
  recordOn,
  served,
  stateOf,
  trained,
} from "../bot/reconcile/support/scene.ts";

const GIVEN = { model: MODEL, environment: "production", "github-token": "t0ken", repository: "ada/models" };

let scene: BotScene;

beforeEach(async () => {
  scene = botScene();
  await served(scene, releaseRecord({ serving: "veteran", generation: 2 }));
  await served(scene, releaseRecord());
});

async function promoting(inputs: Record<string, string>) {
  const recording = recordingRunner({ ...GIVEN, ...inputs });
  const files = folderFiles(await temporaryFolder());
  const openStore = () => scene.store;
  const deps = { host: scene.host, documents, engine: csvDataEngine(), openStore, files };
  return { ...recording, exitCode: await runAction(promote, recording.runner, () => deps) };
}

async function goingBack(inputs: Record<string, string> = {}) {
  const recording = recordingRunner({ ...GIVEN, ...inputs });
  return {
    ...recording,
    exitCode: await runAction(rollback, recording.runner, () => ({ host: scene.host, documents, clock })),
  };
}

type Run = Awaited<ReturnType<typeof promoting>>;

async function refused(work: () => Promise<Run>, words: RegExp): Promise<void> {
  const before = stateOf(scene);
  const { exitCode, failures, finishes } = await work();
  expect(exitCode).toBe(2);
  expect(JSON.stringify(failures)).toMatch(words);
  expect(finishes).toEqual([]);
  expect(stateOf(scene)).toEqual(before);
}

describe("promote", () => {
  test("of a merge opens the promotion of the head that was trained, and says what it did", async () => {
    const { number } = trained(scene);
    await merge(scene, number);
    const { exitCode, finishes } = await promoting({ commit: scene.world.branches.get("main") ?? "" });
    const { number: opened } = await onlyOpen(scene, "promote");
    expect(exitCode).toBe(0);
    expect(finishes[0]?.outputs).toEqual({ "pull-request": opened, digest: candidate().digest, generation: 4 });
  });

  test("run twice finds the same pull request", async () => {
    const { headSha } = trained(scene);
    await promoting({ commit: headSha });
    const once = stateOf(scene);
    expect((await promoting({ commit: headSha })).exitCode).toBe(0);
    expect(stateOf(scene)).toEqual(once);
  });

  test.each<[string, Parameters<typeof trained>[1], RegExp]>([
    [
      "evidence of another run (F-66)",
      { says: { run: { id: 999, attempt: 1, headSha: "0".repeat(40) } } },
      /EVIDENCE_FOREIGN|speaks of run 999/,
    ],
    ["evidence of another model (F-67)", { says: { model: "fraud" } }, /speaks of model fraud/],
    ["a verdict that is no pass", { says: { findings: [finding()] } }, /is fail, not pass/],
    ["an old baseline (F-84)", { says: { baseline: null } }, /compared with another version/],
    ["a fork's run (F-66)", { run: { sameRepository: false } }, /artifacts expire/],
  ])("refuses %s in one sentence and writes nothing", async (_, facts, words) => {
    const { headSha } = trained(scene, facts);
    await refused(() => promoting({ commit: headSha }), words);
  });

  test("refuses a model, an environment and a commit it does not know", async () => {
    const { headSha } = trained(scene);
    await refused(() => promoting({ commit: headSha, model: "chrun" }), /Did you mean/);
    await refused(() => promoting({ commit: headSha, environment: "moon" }), /no environment/);
    await refused(() => promoting({ commit: "main" }), /full commit SHA/);
    await refused(() => promoting({ commit: headSha, model: "../churn" }), /model/);
  });

  test("is judged by the default branch's gate (F-61), and asks for its configuration", async () => {
    const { headSha } = trained(scene);
    scene.world.commit(
      "main",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 1.1 }] }) }),
    );
    await refused(() => promoting({ commit: headSha }), /is fail, not pass/);
    scene.world.branches.set("main", scene.world.addCommit(new Map([["README.md", ""]]), []));
    await refused(() => promoting({ commit: headSha }), /no \.github\/tidemark\.yml/);
  });
});

describe("rollback", () => {
  test("opens the pull request to the last healthy version, and merges nothing", async () => {
    const { exitCode, finishes } = await goingBack({ reason: "alarms", by: "ada" });
    const { number, head } = await onlyOpen(scene, "rollback");
    expect(exitCode).toBe(0);
    expect(finishes[0]?.outputs).toEqual({ "pull-request": number, digest: version("veteran").digest });
    expect(recordOn(scene, head.branch)?.hold).toMatchObject({ reason: "alarms", by: "ada" });
    expect(recordOn(scene, "main")).toEqual(releaseRecord());
  });

  test("run twice is one pull request", async () => {
    await goingBack();
    await goingBack();
    await onlyOpen(scene, "rollback");
  });

  test("writes a record that can be read however long the reason and the name are", async () => {
    await goingBack({ reason: "x".repeat(5_000), by: "y".repeat(500) });
    const { head } = await onlyOpen(scene, "rollback");
    expect(recordOn(scene, head.branch)).toMatchObject({ generation: 4 });
  });

  test.each([
    ["a version that never served", { to: "ffffffff" }, /No version starting ffffffff/],
    ["the version that serves", { to: version().digest }, /already/],
    ["an environment without a record", { environment: "staging" }, /no registry\/churn\/staging\.yaml/],
    ["a name that is a path", { model: "../churn" }, /There is no registry/],
  ])("refuses %s in one sentence and writes nothing", async (_, inputs, words) => {
    await refused(() => goingBack(inputs as Record<string, string>), words);
  });
});
