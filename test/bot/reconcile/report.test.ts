import { beforeEach, describe, expect, test } from "vitest";
import { findReports } from "#bot/reconcile/find-reports";
import { readConfig } from "#core/config/read-config";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import { artifactName } from "#core/model/artifact-names";
import { printRecord } from "#core/registry/read-record";
import { modelEntry } from "#test/support/builders/config";
import { finding } from "#test/support/builders/evidence";
import { MODEL } from "#test/support/builders/model";
import { releaseRecord } from "#test/support/builders/release-record";
import {
  type BotScene,
  botScene,
  checksOn,
  configText,
  documents,
  ownComments,
  proposed,
  RECORD_PATH,
  ranFor,
  served,
  settle,
  stateOf,
  type Trained,
  trained,
} from "./support/scene.ts";

let scene: BotScene;

beforeEach(async () => {
  scene = botScene();
  await served(scene, releaseRecord());
});

const look = ({ number }: Pick<Trained, "number">) => settle(scene, { kind: "pull-request", number });
const checkOf = ({ headSha }: Pick<Trained, "headSha">, model = MODEL) =>
  checksOn(scene, headSha).find(({ name }) => name === `tidemark / ${model}`);
const commentOn = ({ number }: Pick<Trained, "number">) =>
  ownComments(scene, number)
    .map(({ body }) => body)
    .join();

async function refused(subject: Trained, words: RegExp): Promise<void> {
  await look(subject);
  expect(checkOf(subject)).toMatchObject({ status: "completed", conclusion: "failure" });
  expect(checkOf(subject)?.summary).toMatch(words);
  expect(ownComments(scene, subject.number)).toHaveLength(1);
}

describe("a report", () => {
  test("of a proven candidate is one comment and a green check run", async () => {
    const subject = trained(scene);
    await look(subject);
    expect(checkOf(subject)).toMatchObject({ conclusion: "success" });
    expect(ownComments(scene, subject.number)).toHaveLength(1);
  });

  test("looked at twice is the same", async () => {
    const subject = trained(scene);
    await look(subject);
    const once = stateOf(scene);
    await look(subject);
    expect(stateOf(scene)).toEqual(once);
  });

  test("waits while a run goes on, and for a commit no run has begun for", async () => {
    const running = trained(scene, { weights: "slow", run: { status: "in_progress" } });
    const number = proposed(scene, "quiet", {});
    scene.world.commit("quiet", "notes.txt", "hello");
    const quiet = { number, headSha: scene.world.branches.get("quiet") ?? "" };
    for (const subject of [running, quiet]) {
      await look(subject);
      expect(checkOf(subject)).toMatchObject({ status: "in_progress" });
      expect(commentOn(subject)).toContain("Waiting for the report");
    }
  });

  test("of a new head replaces the old one in the same comment", async () => {
    const first = trained(scene);
    await look(first);
    const headSha = scene.world.commit("train-challenger", "train.txt", "again");
    ranFor(scene, headSha, { says: { findings: [finding()] } });
    await look(first);
    expect(checkOf({ headSha })).toMatchObject({ conclusion: "failure" });
    expect(ownComments(scene, first.number)).toHaveLength(1);
  });

  test("takes the newest run that has ended", async () => {
    const subject = trained(scene, { says: { findings: [finding()] } });
    ranFor(scene, subject.headSha);
    await look(subject);
    expect(checkOf(subject)).toMatchObject({ conclusion: "success" });
  });

  test("of a closed or merged pull request is not written", async () => {
    const subject = trained(scene);
    await scene.host.pullRequests.update(subject.number, { state: "closed" });
    await look(subject);
    expect(commentOn(subject)).toBe("");
    expect(checkOf(subject)).toBeUndefined();
  });
});

describe("evidence is refused", () => {
  test.each([
    ["run", { run: { id: 999, attempt: 1, headSha: "0".repeat(40) } }, /speaks of run 999/],
    ["model (F-67)", { model: "fraud" }, /speaks of model fraud/],
  ])("when it speaks of another %s (F-66)", async (_, says, words) => {
    await refused(trained(scene, { says }), words);
  });

  test("when it names no run, or the run and another commit (F-84)", async () => {
    await refused(trained(scene, { says: { run: null } }), /speaks of run/);
    const subject = trained(scene, { weights: "second" });
    const { run } = subject;
    const text = JSON.stringify({ ...subject.evidence, run: { id: run.id, attempt: 1, headSha: "b".repeat(40) } });
    scene.world.artifacts.get(run.id)?.set(artifactName.report(MODEL), { "evidence.json": text });
    await refused(subject, /speaks of commit bbbb/);
  });

  test("when the run it came from is of another commit than GitHub lists it for", async () => {
    const subject = trained(scene);
    const lying = {
      ...scene.host,
      runs: { ...scene.host.runs, ofCommit: async () => [{ ...subject.run, headSha: "c".repeat(40) }] },
    };
    await settle(scene, { kind: "pull-request", number: subject.number }, lying);
    expect(checkOf(subject)?.conclusion).not.toBe("success");
  });

  test("when it was compared with a version that no longer serves", async () => {
    const subject = trained(scene);
    scene.world.commit(
      "main",
      RECORD_PATH,
      printRecord(releaseRecord({ serving: "veteran", generation: 4 }), documents),
    );
    await refused(subject, /compared with sha256:.*names another by now/);
  });

  test("when it was compared with nothing though a version serves", async () => {
    await refused(trained(scene, { says: { baseline: null } }), /compared with no version/);
  });

  test.each([
    ["is no JSON", "{"],
    ["is of another format", JSON.stringify({ format: "other" })],
    ["is nested without end", "[".repeat(20_000)],
  ])("when the document %s (F-18)", async (_, text) => {
    const subject = trained(scene);
    scene.world.artifacts.get(subject.run.id)?.set(artifactName.report(MODEL), { "evidence.json": text });
    await refused(subject, /evidence\.json/);
  });

  test("when the artifact is not there, has no evidence, or expires while it is read (F-24)", async () => {
    const gone = trained(scene);
    scene.world.artifacts.delete(gone.run.id);
    await refused(gone, /none left a report/);
    const empty = trained(scene, { weights: "empty" });
    scene.world.artifacts.get(empty.run.id)?.set(artifactName.report(MODEL), { "report.md": "✅" });
    await refused(empty, /evidence\.json.*does not exist/);
    const expiring = trained(scene, { weights: "expiring" });
    const host = { ...scene.host, artifacts: { ...scene.host.artifacts, download: async () => undefined } };
    await settle(scene, { kind: "pull-request", number: expiring.number }, host);
    expect(checkOf(expiring)).toMatchObject({ conclusion: "failure" });
  });
});

describe("the rules of the base branch judge", () => {
  test("a pull request that loosens its own gate (F-61)", async () => {
    const subject = trained(scene, { says: { findings: [] } });
    const strict = configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 1.1 }] }) });
    const loose = configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 0 }] }) });
    scene.world.commit("main", CONFIG_PATH, strict);
    const headSha = scene.world.commit("train-challenger", CONFIG_PATH, loose);
    ranFor(scene, headSha);
    await look(subject);
    expect(checkOf({ headSha })).toMatchObject({ conclusion: "failure" });
  });

  test("and no other base's: a pull request into a branch with a loose gate gets no check run on the commit", async () => {
    scene.world.commit(
      "main",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 1.1 }] }) }),
    );
    scene.world.commit("loose", CONFIG_PATH, configText());
    const subject = trained(scene, { base: "loose" });
    await look(subject);
    expect(checkOf(subject)).toBeUndefined();
    expect(commentOn(subject)).not.toBe("");
  });

  test("and a repository without a configuration there is left alone", async () => {
    const bare = botScene();
    bare.world.branches.set("main", bare.world.addCommit(new Map([["README.md", ""]]), []));
    const { number, headSha } = trained(bare);
    await settle(bare, { kind: "pull-request", number });
    expect(ownComments(bare, number)).toEqual([]);
    expect(checksOn(bare, headSha)).toEqual([]);
  });

  test("and a broken configuration there is told in the comment, once (F-20)", async () => {
    const subject = trained(scene);
    scene.world.commit("main", CONFIG_PATH, "models: [");
    await look(subject);
    await look(subject);
    expect(ownComments(scene, subject.number)).toHaveLength(1);
    expect(commentOn(subject)).toContain("tidemark.yml");
    expect(checkOf(subject)).toBeUndefined();
  });
});

describe("a good report does not carry a release record past its guard", () => {
  test.each([
    [
      "changes it",
      () =>
        scene.world.commit(
          "train-challenger",
          RECORD_PATH,
          printRecord(releaseRecord({ serving: "evil", generation: 4 }), documents),
        ),
    ],
    [
      "writes one that nobody configured",
      () => scene.world.commit("train-challenger", "registry/fraud/production.yaml", "x: 1"),
    ],
    [
      "takes it away",
      () => {
        const files = new Map(scene.world.filesAt("train-challenger"));
        files.delete(RECORD_PATH);
        const head = scene.world.addCommit(files, [scene.world.branches.get("train-challenger") ?? ""]);
        scene.world.branches.set("train-challenger", head);
        return head;
      },
    ],
  ])("when the pull request %s", async (_, change) => {
    const subject = trained(scene);
    const headSha = change();
    ranFor(scene, headSha);
    await look(subject);
    expect(checkOf({ headSha })).toMatchObject({
      conclusion: "failure",
      summary: expect.stringContaining("registry/"),
    });
    expect(commentOn(subject)).toContain("registry/");
  });
});

describe("two models of one repository", () => {
  beforeEach(() => {
    scene = botScene({ churn: modelEntry(), fraud: modelEntry() });
  });

  test("each have a check run of their own", async () => {
    const subject = trained(scene);
    ranFor(scene, subject.headSha, { weights: "fraud", model: "fraud", says: { findings: [finding()] } });
    await look(subject);
    expect(checkOf(subject, "churn")).toMatchObject({ conclusion: "success" });
    expect(checkOf(subject, "fraud")).toMatchObject({ conclusion: "failure" });
    expect(ownComments(scene, subject.number)).toHaveLength(1);
  });

  test("a report of one leaves the check run of the other alone", async () => {
    const subject = trained(scene);
    await look(subject);
    expect(checkOf(subject, "fraud")).toBeUndefined();
  });

  test("the report of one cannot stand for the other", async () => {
    const subject = trained(scene);
    const artifacts = scene.world.artifacts.get(subject.run.id);
    artifacts?.set(artifactName.report("fraud"), artifacts.get(artifactName.report("churn")) ?? {});
    await look(subject);
    expect(checkOf(subject, "fraud")).toMatchObject({ conclusion: "failure" });
    expect(checkOf(subject, "churn")).toMatchObject({ conclusion: "failure" });
  });
});

describe("a comment is only edited by its author", () => {
  test("so a stranger's comment with our marker is left alone (F-69)", async () => {
    const subject = trained(scene);
    const forged = scene.world.comment(subject.number, "mallory", "<!-- tidemark:report v1 -->\n✅ all good");
    await look(subject);
    expect(forged.body).toContain("all good");
    expect(ownComments(scene, subject.number)).toHaveLength(1);
  });
});

test("an outage of GitHub is thrown to the queue and writes nothing (F-40)", async () => {
  const subject = trained(scene);
  const down = () => Promise.reject(new UserError("GITHUB_UNAVAILABLE", "GitHub answers 502.", "Wait."));
  const host = { ...scene.host, runs: { ...scene.host.runs, ofCommit: down } };
  const before = stateOf(scene);
  await expect(settle(scene, { kind: "pull-request", number: subject.number }, host)).rejects.toMatchObject({
    code: "GITHUB_UNAVAILABLE",
  });
  expect(stateOf(scene)).toEqual(before);
});

test("reports are found for the models the base branch configures, and for no others", async () => {
  const subject = trained(scene);
  const question = {
    headSha: subject.headSha,
    base: scene.world.branches.get("main") ?? "",
    config: readConfig(configText({ other: modelEntry() }), documents),
  };
  await expect(findReports(await scene.ports(), question)).rejects.toMatchObject({ code: "REPORT_MISSING" });
});
