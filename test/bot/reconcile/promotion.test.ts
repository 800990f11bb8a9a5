import { beforeEach, describe, expect, test } from "vitest";
import { canonicalJson } from "#core/canonical-json";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { digestOf, digestOfJson, shortDigest } from "#core/digest";
import { type Evidence, evidenceDigest } from "#core/judge/evidence";
import { promotionBranch } from "#core/promotion/branch";
import { printRecord } from "#core/registry/read-record";
import type { ReleaseRecord, Version } from "#core/registry/release-record";
import { environmentEntry, modelEntry } from "#test/support/builders/config";
import { MODEL } from "#test/support/builders/model";
import { hold, KEY, releaseRecord, version } from "#test/support/builders/release-record";
import {
  approve,
  type BotScene,
  botScene,
  checksOn,
  configText,
  deploymentOf,
  documents,
  merge,
  onlyOpen,
  ownComments,
  proofOf,
  proposed,
  RECORD_PATH,
  says,
  served,
  settle,
  stateOf,
  trained,
} from "./support/scene.ts";

let scene: BotScene;

beforeEach(async () => {
  scene = botScene();
  await served(scene, releaseRecord({ serving: "veteran", generation: 2 }));
  await served(scene, releaseRecord());
});

/** A promotion pull request as the command opens it. */
async function promotion(): Promise<number> {
  const { number } = trained(scene);
  await merge(scene, number);
  await says(scene, number, "/model promote", "grace");
  return (await onlyOpen(scene, "promote")).number;
}

interface Forgery {
  readonly kind?: "promote" | "rollback" | "resume";
  readonly record: ReleaseRecord;
  readonly base?: string;
  readonly beside?: string;
  readonly proof?: Evidence;
}

/** Somebody who may write makes the branch and the pull request by hand. */
function forged({ kind = "promote", record, base = "main", beside, proof }: Forgery): number {
  const { model, environment, generation, serving } = record;
  const branch = promotionBranch.format({
    kind,
    model,
    environment,
    generation,
    shortDigest: shortDigest(serving.digest),
  });
  scene.world.commit(branch, RECORD_PATH, printRecord(record, documents));
  if (beside !== undefined) scene.world.commit(branch, beside, "surprise");
  if (proof !== undefined)
    scene.store.objects.set(evidenceDigest(proof), new TextEncoder().encode(canonicalJson(proof)));
  return proposed(scene, branch, { base, author: "mallory" });
}

async function verdictOn(number: number) {
  await settle(scene, { kind: "pull-request", number });
  const { head } = await scene.host.pullRequests.get(number);
  return checksOn(scene, head.commit)[0];
}

const served3 = (weights: string, changes: Partial<Version> = {}): Version => ({ ...version(weights), ...changes });
const next = (serving: Version, facts: Partial<Omit<ReleaseRecord, "serving">> = {}): ReleaseRecord => ({
  ...releaseRecord({ generation: 4, ...facts }),
  serving,
});

describe("a promotion pull request", () => {
  test("asks for its approval, and is ready with it", async () => {
    const number = await promotion();
    expect(await verdictOn(number)).toMatchObject({ conclusion: "action_required" });
    await approve(scene, number, "grace");
    expect(await verdictOn(number)).toMatchObject({ conclusion: "success" });
    expect(ownComments(scene, number)).toHaveLength(1);
  });

  test("looked at twice is the same", async () => {
    const number = await promotion();
    const once = stateOf(scene);
    await verdictOn(number);
    expect(stateOf(scene)).toEqual(once);
  });

  test.each(["mallory", "a stranger"])(
    "does not count the approval of %s, who may not write (F-72)",
    async (person) => {
      const number = await promotion();
      await approve(scene, number, person);
      expect(await verdictOn(number)).toMatchObject({ conclusion: "action_required" });
    },
  );

  test("does not count an approval whose giver has lost the role since (F-72)", async () => {
    const number = await promotion();
    await approve(scene, number, "grace");
    scene.world.roles.set("grace", "read");
    expect(await verdictOn(number)).toMatchObject({ conclusion: "action_required" });
  });

  test("does not count an approval of an earlier head, nor that of a bot (F-48)", async () => {
    const number = await promotion();
    await approve(scene, number, "ada");
    const { head } = await scene.host.pullRequests.get(number);
    const review = { author: "robot[bot]", authorIsBot: true, state: "approved", submittedAt: "" } as const;
    const text = `${scene.world.filesAt(head.branch).get(RECORD_PATH)}# touched\n`;
    const commit = scene.world.commit(head.branch, RECORD_PATH, text);
    scene.world.pullRequests.get(number)?.reviews.push({ ...review, commit });
    expect(await verdictOn(number)).toMatchObject({ conclusion: "action_required" });
  });

  test("fails once another version serves", async () => {
    const number = await promotion();
    scene.world.commit("main", RECORD_PATH, printRecord(releaseRecord({ serving: "solid", generation: 4 }), documents));
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });

  test("is judged by the gate of the default branch as it is now (F-61)", async () => {
    const number = await promotion();
    scene.world.commit(
      "main",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ gate: [{ metric: "roc_auc", min: 1.1 }] }) }),
    );
    expect((await verdictOn(number))?.summary).toContain("❌ passes the gate");
  });

  test("that is closed is left alone", async () => {
    const number = await promotion();
    await scene.host.pullRequests.update(number, { state: "closed" });
    const before = stateOf(scene);
    await verdictOn(number);
    expect(stateOf(scene)).toEqual(before);
  });

  test.each([
    ["a broken configuration", CONFIG_PATH, "models: ["],
    ["a model nobody configures", CONFIG_PATH, configText({ other: modelEntry() })],
    [
      "an environment nobody configures",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ environments: [environmentEntry({ name: "staging" })] }) }),
    ],
    ["a broken record", RECORD_PATH, "format: other"],
  ])("fails and says why with %s on the default branch (F-20)", async (_, path, text) => {
    const number = await promotion();
    scene.world.commit("main", path, text);
    expect(await verdictOn(number)).toMatchObject({
      conclusion: "failure",
      summary: expect.stringContaining("can be judged"),
    });
  });

  test("whose evidence is bytes of something else fails and says so", async () => {
    const bytes = new TextEncoder().encode("not evidence");
    scene.store.objects.set(digestOf(bytes), bytes);
    const number = forged({ record: next(served3("challenger", { evidence: digestOf(bytes) })) });
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });
});

describe("a promotion made by hand is not ready, however it is approved", () => {
  const proven = () => proofOf(scene, "challenger");
  const record = () => next(served3("challenger", { evidence: evidenceDigest(proven()) }));

  test.each<[string, () => Forgery]>([
    ["without evidence in the store", () => ({ record: record() })],
    [
      "with evidence of another model",
      () => ({ record: next(served3("evil", { evidence: evidenceDigest(proven()) })), proof: proven() }),
    ],
    [
      "with evidence against an older baseline (F-84)",
      () => {
        const old = { ...proven(), baseline: { ...proven().baseline!, digest: digestOf("older") } };
        return { record: next(served3("challenger", { evidence: evidenceDigest(old) })), proof: old };
      },
    ],
    [
      "with other predictions than were judged",
      () => ({
        record: next(
          served3("challenger", { evidence: evidenceDigest(proven()), predictions: version("solid").predictions }),
        ),
        proof: proven(),
      }),
    ],
    [
      "with another file beside the record",
      () => ({ record: record(), proof: proven(), beside: ".github/workflows/evil.yml" }),
    ],
    ["of a generation that skips (F-65)", () => ({ record: { ...record(), generation: 9 }, proof: proven() })],
    ["that calls itself a resume", () => ({ kind: "resume", record: { ...record(), reason: "resume" } })],
    [
      "that calls itself a rollback",
      () => ({ kind: "rollback", record: { ...record(), reason: "rollback", hold: hold() } }),
    ],
    [
      "on a branch of another kind than its record",
      () => ({ kind: "promote", record: { ...record(), reason: "rollback" }, proof: proven() }),
    ],
  ])("%s", async (_, forgery) => {
    const number = forged(forgery());
    await approve(scene, number, "ada");
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });

  test("while the environment is on hold", async () => {
    scene.world.commit(
      "main",
      RECORD_PATH,
      printRecord(releaseRecord({ hold: hold(), reason: "rollback" }), documents),
    );
    const number = forged({ record: record(), proof: proven() });
    await approve(scene, number, "ada");
    expect((await verdictOn(number))?.summary).toContain("❌ the environment is not on hold");
  });

  test("and into another base it gets no check run, which would stand on the commit for the default branch too", async () => {
    scene.world.commit(
      "loose",
      CONFIG_PATH,
      configText({ [MODEL]: modelEntry({ environments: [environmentEntry({ approvals: 0 })] }) }),
    );
    const number = forged({ record: record(), proof: proven(), base: "loose" });
    expect(await verdictOn(number)).toBeUndefined();
    expect(ownComments(scene, number)).toEqual([]);
  });
});

describe("a rollback made by hand", () => {
  const back = (serving: Version) =>
    ({ kind: "rollback", record: next(serving, { reason: "rollback", hold: hold() }) }) as const;

  test("to exactly a version that was healthy asks only for approval", async () => {
    const number = forged(back(version("veteran")));
    expect(await verdictOn(number)).toMatchObject({ conclusion: "action_required" });
  });

  test.each<[string, Partial<Version>]>([
    ["predictions", { predictions: version("solid").predictions }],
    ["evidence", { evidence: digestOf("mine") }],
    ["holdout", { holdout: digestOf("easier rows") }],
  ])("to that version with other %s fails: the next candidate would be compared with them", async (_, changes) => {
    const number = forged(back(served3("veteran", changes)));
    await approve(scene, number, "ada");
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });

  test("to a version that never came up fails", async () => {
    await served(scene, releaseRecord({ serving: "broken", generation: 1 }), "failure");
    await served(scene, releaseRecord());
    const number = forged(back(version("broken")));
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });

  test("to a version whose only deployment somebody made by hand, from a branch, fails", async () => {
    const evil = releaseRecord({ serving: "evil", generation: 1 });
    const commit = scene.world.commit("mine", RECORD_PATH, printRecord(evil, documents));
    const { deployment } = await scene.host.deployments.createOnce(deploymentOf(evil, commit));
    await scene.host.deployments.setStatus(deployment.id, { state: "success", description: "trust me" });
    const number = forged(back(version("evil")));
    await approve(scene, number, "ada");
    expect(await verdictOn(number)).toMatchObject({ conclusion: "failure" });
  });
});

describe("a merged promotion", () => {
  async function merged(): Promise<number> {
    const number = await promotion();
    await approve(scene, number, "grace");
    await merge(scene, number);
    return number;
  }
  const told = (number: number) => ownComments(scene, number)[0]?.body ?? "";

  test("tells what became of its deployment", async () => {
    const number = await merged();
    await settle(scene, { kind: "pull-request", number });
    expect(told(number)).toContain("waiting for the deploy workflow");
    expect(told(number)).toContain("approved by `grace`");
    const [deployment] = [...scene.world.deployments.values()].reverse();
    await scene.host.deployments.setStatus(deployment?.id ?? 0, { state: "success", description: "serves" });
    await settle(scene, { kind: "pull-request", number });
    expect(told(number)).toContain("serving");
  });

  test("tells the same when somebody edits its body to name another deployment", async () => {
    const number = await merged();
    const [first] = scene.world.deployments.values();
    const other = digestOfJson("other");
    await scene.host.pullRequests.update(number, {
      body: `<!-- tidemark:promotion ${JSON.stringify({ promotion: other, first: first?.id })} -->`,
    });
    expect(await settle(scene, { kind: "pull-request", number })).toBeLessThan(5);
    expect(told(number)).toContain("generation 4");
  });
});

test("a fork's pull request whose branch is called like a promotion is an ordinary one (F-66)", async () => {
  const number = forged({ record: next(version("veteran"), { reason: "rollback", hold: hold() }), kind: "rollback" });
  const foreign = await scene.host.pullRequests.get(number);
  const get = async () => ({ ...foreign, head: { ...foreign.head, sameRepository: false } });
  const host = { ...scene.host, pullRequests: { ...scene.host.pullRequests, get } };
  await settle(scene, { kind: "pull-request", number }, host);
  expect(checksOn(scene, foreign.head.commit)[0]).toMatchObject({ conclusion: "failure" });
  expect(KEY.model).toBe(MODEL);
});
