import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REPORT_MARKER } from "#core/report/comment-state";
import { PROMOTION_MARKER } from "#core/report/promotion-comment";
import { post, sign } from "#test/bot/support/parts";
import { board } from "../../scripts/demo/board.ts";
import {
  answerTo,
  botComments,
  promotionSaying,
  pullRequestFrom,
  servedDigest,
  servingOtherThan,
} from "../../scripts/demo/observe.ts";
import { PEOPLE } from "../../scripts/demo/stage.ts";
import { approveAndMerge, type Ending, play } from "../../scripts/demo/story.ts";
import { BUNDLE_TIMEOUT_MS, bundled } from "./support/bundled.ts";
import {
  deploymentsOf,
  here,
  openTheatre,
  pullsOf,
  quiet,
  say,
  silent,
  type Theatre,
  worldOf,
} from "./support/stage.ts";

// One stage and one story for all of them: each test goes on where the one before it ended.

const STORY_TIMEOUT_MS = 170_000;
const RECORD = "registry/bird-damage/production.yaml";

let theatre: Theatre;
let ending: Ending;

beforeAll(bundled, BUNDLE_TIMEOUT_MS);
beforeAll(async () => {
  theatre = await openTheatre();
  ending = await play(theatre.stage, silent);
  await quiet(theatre);
}, STORY_TIMEOUT_MS);
afterAll(() => theatre?.close(), 60_000);

const git = async (...args: readonly string[]): Promise<string> => {
  const repository = join(theatre.stage.folder, "github/repositories/aviation/birdstrikes.git");
  return (await promisify(execFile)("git", ["--git-dir", repository, ...args])).stdout.trim();
};

interface Recorded {
  readonly generation: number;
  readonly reason: string;
  readonly serving: { readonly digest: string };
  readonly hold?: { readonly by: string; readonly reason: string; readonly request: string };
}

const recordAt = async (commit = "main"): Promise<Recorded> => parse(await git("show", `${commit}:${RECORD}`));

const isPromotion = (branch: string): boolean => branch.startsWith("tidemark/");

const answered = async (person: "author" | "reviewer" | "outsider", on: { number: number; body: string }) => {
  const id = await say(theatre.stage, person, on);
  return (await answerTo(theatre.stage, on.number, id)).body;
};

describe("after the first release, a promotion and a rollback", () => {
  test("no job broke", () => {
    expect(theatre.workflows.failures).toEqual([]);
    const jobs = theatre.workflows.ended.map(({ workflow, steps }) => [workflow, steps.at(-1)?.exitCode]);
    const deployed = jobs.filter(([workflow]) => workflow === "deploy");
    expect(deployed).toEqual([
      ["deploy", 0],
      ["deploy", 0],
      ["deploy", 0],
    ]);
  });

  // The known bug at the end of this file turns this one and the next red when the machine is slow.
  test("every pull request carries exactly one comment that tells its state", async () => {
    const { stage } = theatre;
    const pulls = await pullsOf(stage);
    expect(pulls.filter(({ head }) => isPromotion(head.ref))).toHaveLength(3);
    for (const { number, head } of pulls) {
      const [reports, promotions] = [
        await botComments(stage, number, REPORT_MARKER),
        await botComments(stage, number, PROMOTION_MARKER),
      ];
      expect([head.ref, reports.length, promotions.length]).toEqual([
        head.ref,
        ...(isPromotion(head.ref) ? [0, 1] : [1, 0]),
      ]);
    }
  });

  test("each head has one check run, which said what a merge asked for", async () => {
    const { pulls, checks } = theatre.stage.as("owner");
    const conclusions = async (number: number) => {
      const { data: commits } = await pulls.listCommits({ ...here, pull_number: number });
      const runs = commits.map(({ sha }) => checks.listForRef({ ...here, ref: sha, filter: "all" }));
      return (await Promise.all(runs)).map(({ data }) =>
        data.check_runs.map(({ name, conclusion, app }) => `${app?.slug}: ${name}: ${conclusion}`),
      );
    };
    const ours = (conclusion: string) => `tidemark: tidemark / bird-damage: ${conclusion}`;
    const judged = (conclusion: string) => [ours(conclusion), `github-actions: model-ci: ${conclusion}`];
    expect(await conclusions(ending.challenger)).toEqual(["success", "failure", "success"].map(judged));
    const promotions = (await pullsOf(theatre.stage)).filter(({ head }) => isPromotion(head.ref));
    for (const { number } of promotions) expect(await conclusions(number)).toEqual([[ours("success")]]);
  });

  test("each promotion was deployed exactly once (I1)", async () => {
    const deployments = await deploymentsOf(theatre.stage);
    expect(deployments.map(({ payload }) => payload.generation)).toEqual([3, 2, 1]);
    expect(new Set(deployments.map(({ payload }) => payload.promotion)).size).toBe(3);
    for (const { states } of deployments) expect(states).toContain("success");
  });

  test("what serves is what the record names: the champion, on hold by the maintainer (I2)", async () => {
    const [record, deployments] = [await recordAt(), await deploymentsOf(theatre.stage)];
    const champion = deployments.at(-1)?.payload.digest;
    expect(await servedDigest(theatre.stage)).toBe(champion);
    expect(record).toMatchObject({ generation: 3, reason: "rollback", serving: { digest: champion } });
    expect(record.hold).toMatchObject({ by: PEOPLE.reviewer, request: expect.stringMatching(/^comment:\d+$/) });
    expect((await recordAt("main~1")).serving.digest).not.toBe(champion);
  });

  test("git tells each promotion as one merge that changes one file", async () => {
    const merges = (await git("log", "--format=%H", "main", "--", RECORD)).split("\n");
    const told = await Promise.all(
      merges.map(async (commit) => ({
        files: (await git("show", "--format=", "--name-only", commit)).split("\n"),
        generation: (await recordAt(commit)).generation,
      })),
    );
    expect(told).toEqual([3, 2, 1].map((generation) => ({ files: [RECORD], generation })));
  });

  test("the board says the same in one row", async () => {
    const rows = await board(theatre.stage);
    const digest = (await recordAt()).serving.digest.slice("sha256:".length, "sha256:".length + 12);
    expect(rows).toHaveLength(2);
    expect(rows[1]?.trim().split(/\s{2,}/)).toEqual([
      "bird-damage",
      "production",
      "3",
      digest,
      "as recorded",
      "success",
      "by reviewer",
    ]);
  });
});

describe("on hold", () => {
  test("a promotion is refused with the reason and the way out", async () => {
    const before = await worldOf(theatre.stage);
    const answer = await answered("author", { number: ending.challenger, body: "/model promote" });
    expect(answer).toContain("on hold since");
    expect(answer).toContain(`by ${PEOPLE.reviewer}: asked for in a comment on`);
    expect(answer).toContain("/model resume");
    await quiet(theatre);
    const after = await worldOf(theatre.stage);
    expect({ ...after, comments: after.comments.length }).toEqual({ ...before, comments: before.comments.length + 2 });
  });

  test("a comment that becomes a command by an edit does nothing", async () => {
    const { stage } = theatre;
    const comment_id = await say(stage, "reviewer", { number: ending.promotion, body: "Well done." });
    await quiet(theatre);
    const before = await worldOf(stage);
    await stage.as("reviewer").issues.updateComment({ ...here, comment_id, body: "/model rollback" });
    await quiet(theatre);
    const edits = [...stage.sandbox.state.deliveries.values()].filter(({ action }) => action === "edited");
    expect(
      edits.filter(({ event, statusCode }) => event === "issue_comment" && statusCode === 202).length,
    ).toBeGreaterThan(0);
    const after = await worldOf(stage);
    const others = ({ comments }: typeof after) => comments.filter(({ id }) => id !== comment_id);
    expect({ ...after, comments: others(after) }).toEqual({ ...before, comments: others(before) });
  });

  test("an unknown verb is answered with the one that was meant", async () => {
    const answer = await answered("reviewer", { number: ending.promotion, body: "/model rolback" });
    expect(answer).toContain("I do not know `/model rolback`. Did you mean `/model rollback`?");
  });

  test("deliveries that come again, under their own id or a new one, change nothing (F-37, F-38)", async () => {
    const { state } = theatre.stage.sandbox;
    const sent = [...state.deliveries.values()];
    const before = await worldOf(theatre.stage);
    for (const { id } of sent) await theatre.stage.sandbox.redeliver(id);
    await quiet(theatre);
    expect(state.deliveries.size).toBe(2 * sent.length);
    const kinds = new Map(sent.map((delivery) => [`${delivery.event}.${delivery.action}`, delivery]));
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(["push.null", "issue_comment.created"]));
    for (const delivery of kinds.values()) await replay(delivery.event, delivery.request.payload);
    await quiet(theatre);
    expect(await worldOf(theatre.stage)).toEqual(before);
  });

  test("a maintainer resumes, and the promotion that was refused goes through to serving", async () => {
    const { stage } = theatre;
    const refused = await answered("author", { number: ending.promotion, body: "/model resume" });
    expect(refused).toContain("needs the role maintain");
    await answered("reviewer", { number: ending.promotion, body: "/model resume" });
    const resume = await pullRequestFrom(stage, "tidemark/resume/bird-damage/production/g4-");
    await approveAndMerge(stage, resume);
    await promotionSaying(stage, resume.number, "serving");
    expect(await recordAt()).not.toHaveProperty("hold");
    const champion = await servedDigest(stage);
    await answered("author", { number: ending.challenger, body: "/model promote" });
    const promotion = await pullRequestFrom(stage, "tidemark/promote/bird-damage/production/g5-");
    await approveAndMerge(stage, promotion);
    const served = await servingOtherThan(stage, champion);
    await promotionSaying(stage, promotion.number, "serving");
    expect(await recordAt()).toMatchObject({ generation: 5, serving: { digest: served } });
    const deployed = (await deploymentsOf(stage)).map(({ payload }) => payload.generation);
    expect(deployed).toEqual([5, 4, 3, 2, 1]);
  });
});

// A known bug, to lose its .fails when it is mended: bot/commands/propose.ts looks after the rollback's pull request in the
// lane of the commented one, while the webhook of its opening does the same in its own. Both find no comment, both write.
test("a rollback that merges itself tells its state in one comment and one check run (I7)", async () => {
  const { stage } = theatre;
  const path = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
  const id = await say(stage, "reviewer", { number: ending.challenger, body: "/model rollback" });
  stage.sandbox.faults.add({ method: "POST", path, times: 2, effect: { kind: "delay", milliseconds: 1_000 } });
  await answerTo(stage, ending.challenger, id);
  await quiet(theatre);
  const rollback = (await pullsOf(stage)).find(
    ({ head }) => head.ref.startsWith("tidemark/rollback/") && head.ref.includes("/g6-"),
  );
  const { data } = await stage.as("owner").checks.listForRef({ ...here, ref: rollback?.head.sha ?? "", filter: "all" });
  expect(rollback?.merged_at).not.toBeNull();
  const comments = await botComments(stage, rollback?.number ?? 0, PROMOTION_MARKER);
  expect([comments.length, data.check_runs.length]).toEqual([1, 1]);
});

test("no exchange of all this was off GitHub's contract", async () => {
  await quiet(theatre);
  const report = theatre.stage.gate.report();
  expect(report.breaches).toEqual([]);
  expect(report.requests).toBeGreaterThan(500);
});

/** The same words again as GitHub would sign them, under an id the bot's journal does not know. */
async function replay(event: string, payload: object): Promise<void> {
  const app = theatre.stage.sandbox.state.apps.get(theatre.stage.appId);
  const { url = "", secret = "" } = app?.webhook ?? {};
  const body = JSON.stringify(payload);
  const answer = await post(url.replace("/api/github/webhooks", ""), body, {
    "content-type": "application/json",
    "x-github-delivery": crypto.randomUUID(),
    "x-github-event": event,
    "x-hub-signature-256": sign(body, secret),
  });
  expect([event, answer.status]).toEqual([event, 202]);
}
