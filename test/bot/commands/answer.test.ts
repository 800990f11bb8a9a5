import { beforeEach, describe, expect, test } from "vitest";
import { UserError } from "#core/errors";
import { modelEntry } from "#test/support/builders/config";
import { releaseRecord } from "#test/support/builders/release-record";
import {
  answerTo,
  type BotScene,
  botScene,
  checksOn,
  ownComments,
  says,
  served,
  settle,
  stateOf,
  type Trained,
  trained,
} from "../reconcile/support/scene.ts";

let scene: BotScene;
let subject: Trained;

beforeEach(async () => {
  scene = botScene();
  await served(scene, releaseRecord({ serving: "veteran", generation: 2 }));
  await served(scene, releaseRecord());
  subject = trained(scene);
});

const ask = (text: string, author?: string) => says(scene, subject.number, text, author);
const openPromotions = async () =>
  (await scene.host.pullRequests.open()).filter(({ head }) => head.branch.startsWith("tidemark/"));

/** But for what is said about it. */
async function changesNothing(work: () => Promise<unknown>): Promise<void> {
  const { branches, pullRequests, deployments, checks, objects } = stateOf(scene);
  await work();
  expect(stateOf(scene)).toMatchObject({ branches, pullRequests, deployments, checks, objects });
}

describe("who may ask (F-70)", () => {
  test.each([
    ["a stranger", "/model rollback", "stranger"],
    ["somebody who may only read", "/model promote", "mallory"],
    ["somebody who may write but not maintain", "/model rollback", "grace"],
    ["somebody who may write but not maintain", "/model resume", "grace"],
    ["the author of the pull request", "/model rollback", "grace"],
    ["another app's bot", "/model rollback", "renovate[bot]"],
    ["a name every object has", "/model rollback", "constructor"],
  ])("%s asking %s is refused in one sentence, and nothing happens", async (_, text, author) => {
    await changesNothing(async () => {
      expect(await ask(text, author)).toMatch(/❌ .* needs the role (write|maintain); .* has (none|read|write)\./);
    });
    expect(await openPromotions()).toEqual([]);
  });

  test("a role that was taken away between two commands is gone (F-72)", async () => {
    expect(await ask("/model resume")).toContain("not on hold");
    scene.world.roles.set("ada", "read");
    expect(await ask("/model resume")).toContain("needs the role maintain");
  });

  test("a stranger may not even ask for help", async () => {
    expect(await ask("/model help", "stranger")).toContain("needs the role read");
  });
});

describe("what counts as a command (F-71)", () => {
  test.each([
    ["quoted", "> /model rollback"],
    ["in a fence", "```\n/model rollback\n```"],
    ["in a tilde fence that never ends", "~~~\n/model rollback"],
    ["indented", "    /model rollback"],
    ["in the middle of a line", "please /model rollback"],
    ["hidden from people", "<!--\n/model rollback\n-->"],
    ["of another bot", "/modelx rollback"],
  ])("one that is %s is not answered", async (_, text) => {
    const { id } = scene.world.comment(subject.number, "ada", text);
    await settle(scene, { kind: "comment", number: subject.number, commentId: id });
    expect(answerTo(scene, id)).toBe("");
  });

  test("our own comment is never a command", async () => {
    const { id } = scene.world.comment(subject.number, scene.world.login, "/model rollback");
    await settle(scene, { kind: "comment", number: subject.number, commentId: id });
    expect(await openPromotions()).toEqual([]);
  });

  test("a comment that was edited before it is read does nothing, and says so", async () => {
    const comment = scene.world.comment(subject.number, "ada", "/model help");
    Object.assign(comment, { body: "/model rollback", edited: true });
    await changesNothing(() => settle(scene, { kind: "comment", number: subject.number, commentId: comment.id }));
    expect(answerTo(scene, comment.id)).toContain("edited");
  });

  test("a comment that is gone is nothing", async () => {
    expect(await settle(scene, { kind: "comment", number: subject.number, commentId: 9_999 })).toBe(1);
  });

  test("of a thousand commands five are answered, in one comment", async () => {
    const answer = await ask("/model frobnicate\n".repeat(1_000));
    expect(answer.match(/I do not know/g)).toHaveLength(5);
    expect(ownComments(scene, subject.number)).toHaveLength(1);
  });

  test("a mistyped one is told what was probably meant", async () => {
    expect(await ask("/model rolback")).toContain("Did you mean `/model rollback`?");
  });

  test("words from a stranger are inert in the answer (F-69)", async () => {
    const answer = await ask("/model @everyone<img/src=x>`![x](http://evil)");
    expect(answer).not.toMatch(/@everyone(?!.*`)/);
    expect(answer).toContain("I do not know ``");
  });
});

describe("an answer", () => {
  test("is given once, however often the comment is looked at (F-37)", async () => {
    const { id } = scene.world.comment(subject.number, "ada", "/model rollback");
    const key = { kind: "comment", number: subject.number, commentId: id } as const;
    await settle(scene, key);
    const once = stateOf(scene);
    await settle(scene, key);
    expect(stateOf(scene)).toEqual(once);
    expect(await openPromotions()).toHaveLength(1);
  });

  test("is not held back by a stranger who writes our marker first", async () => {
    const { id } = scene.world.comment(subject.number, "ada", "/model help");
    scene.world.comment(subject.number, "mallory", `<!-- tidemark:answer ${id} -->`);
    await settle(scene, { kind: "comment", number: subject.number, commentId: id });
    expect(ownComments(scene, subject.number)).toHaveLength(1);
  });

  test("to help lists every command with its role", async () => {
    const answer = await ask("/model help", "mallory");
    for (const verb of ["promote", "rollback", "resume", "recheck", "help"]) expect(answer).toContain(`/model ${verb}`);
  });

  test("to recheck reads the pull request again", async () => {
    expect(await ask("/model recheck", "mallory")).toContain("Reading everything again.");
    expect(checksOn(scene, subject.headSha)).toHaveLength(1);
  });

  test("waits while GitHub is down: nothing is said, and the queue tries again", async () => {
    const { id } = scene.world.comment(subject.number, "ada", "/model rollback");
    const down = () => Promise.reject(new UserError("GITHUB_UNAVAILABLE", "GitHub answers 502.", "Wait."));
    const host = { ...scene.host, deployments: { ...scene.host.deployments, list: down } };
    const key = { kind: "comment", number: subject.number, commentId: id } as const;
    await expect(settle(scene, key, host)).rejects.toMatchObject({ code: "GITHUB_UNAVAILABLE" });
    expect(answerTo(scene, id)).toBe("");
    await settle(scene, key);
    expect(answerTo(scene, id)).toContain("Roll back churn");
  });

  test("to a broken program is no answer: its error and its secrets stay in the log (F-77)", async () => {
    const { id } = scene.world.comment(subject.number, "ada", "/model rollback");
    const broken = () => Promise.reject(new Error("token ghs_secret"));
    const host = { ...scene.host, deployments: { ...scene.host.deployments, list: broken } };
    await expect(settle(scene, { kind: "comment", number: subject.number, commentId: id }, host)).rejects.toThrow();
    expect(JSON.stringify([...scene.world.comments.values()])).not.toContain("ghs_secret");
  });

  test("asks which model is meant where there are two", async () => {
    scene = botScene({ churn: modelEntry(), fraud: modelEntry() });
    subject = trained(scene);
    expect(await ask("/model rollback")).toContain("Which model?");
    expect(await ask("/model rollback fraud")).toContain("no registry/fraud/production.yaml");
  });

  test("tells of a repository that has no configuration, and of words it does not know", async () => {
    expect(await ask("/model rollback churn nowhere")).toContain("I do not know");
    scene.world.branches.set("main", scene.world.addCommit(new Map([["README.md", ""]]), []));
    expect(await ask("/model rollback")).toContain("no .github/tidemark.yml");
  });
});
