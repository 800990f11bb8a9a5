import { type Digest, shortDigest } from "#core/digest";
import { cloneOf, cloneOfExample } from "./developer.ts";
import type { Narrator } from "./narrator.ts";
import {
  answerTo,
  checkEnding,
  promotionSaying,
  pullRequestFrom,
  pullUrl,
  reportSaying,
  servedDigest,
  servingOtherThan,
} from "./observe.ts";
import { OWNER, REPOSITORY, type Stage } from "./stage.ts";
import { until } from "./until.ts";
import { ENVIRONMENT, MODEL } from "./workflows.ts";

const here = { owner: OWNER, repo: REPOSITORY };

/** What the demo leaves to look at. */
export interface Ending {
  readonly challenger: number;
  readonly promotion: number;
  readonly served: string;
}

/** The main job from the first push to a rollback, each step waited for and told. */
export async function play(stage: Stage, tell: Narrator): Promise<Ending> {
  const champion = await tell.step("A repository with a model starts: push, first training, first promotion", () =>
    firstRelease(stage, tell),
  );
  const challenger = await tell.step("A pull request trains on three more years: the bot reports", () =>
    openChallenger(stage, tell),
  );
  await tell.step("A second push makes it deliberately worse: the same comment blocks it", () =>
    worsen(stage, tell, challenger),
  );
  await tell.step("A third push takes that back: reviewed and merged", () => mendAndMerge(stage, tell, challenger));
  const promotion = await tell.step("The promotion pull request: a reviewer approves, the merge deploys", () =>
    promoteChallenger(stage, tell, champion),
  );
  const served = await tell.step("Rollback: refused to an outsider, done for a maintainer", () =>
    rollBack(stage, tell, { champion, promotion }),
  );
  return { challenger: challenger.number, promotion, served };
}

async function firstRelease(stage: Stage, tell: Narrator): Promise<string> {
  const clone = await cloneOfExample(stage, "owner");
  await clone.edit(
    ".github/tidemark.yml",
    "port: 8080",
    `port: ${stage.serving.port}, state: ${JSON.stringify(stage.serving.folder)}`,
  );
  await clone.push("main", "Predict damage by bird strikes");
  stage.sandbox.protectBranch(`${OWNER}/${REPOSITORY}`, "main", {
    requiredChecks: [{ context: `tidemark / ${MODEL}`, appId: stage.appId }],
  });
  tell.say("pushed examples/birdstrikes with git; the push workflow trains the champion on 1990–1995");
  const promotion = await pullRequestFrom(stage, `tidemark/promote/${MODEL}/`);
  tell.say(`the promote action opened #${promotion.number}, the first release record`);
  await approveAndMerge(stage, promotion);
  const served = await servingOtherThan(stage, undefined);
  await promotionSaying(stage, promotion.number, "serving");
  tell.say(`merged by a person, deployed by the workflow: ${shortDigest(served as Digest)} serves`);
  return served;
}

/** Merging waits for the bot's check run, which waits for the approval. */
export async function approveAndMerge(
  stage: Stage,
  { number, headSha }: { number: number; headSha: string },
): Promise<void> {
  const reviewer = stage.as("reviewer");
  await checkEnding(stage, headSha, "action_required");
  await reviewer.pulls.createReview({ ...here, pull_number: number, event: "APPROVE", commit_id: headSha });
  await checkEnding(stage, headSha, "success");
  await reviewer.pulls.merge({ ...here, pull_number: number, sha: headSha, merge_method: "squash" });
}

interface Challenger {
  readonly number: number;
  readonly clone: Awaited<ReturnType<typeof cloneOf>>;
  readonly commentId: number;
}

const BRANCH = "train-until-1998";

async function openChallenger(stage: Stage, tell: Narrator): Promise<Challenger> {
  const clone = await cloneOf(stage, "author");
  await clone.edit("params.yaml", "train-until: 1995", "train-until: 1998");
  const head = await clone.push(BRANCH, "Train on the strikes until 1998");
  const opened = await stage
    .as("author")
    .pulls.create({ ...here, head: BRANCH, base: "main", title: "Train on the strikes until 1998" });
  const { number } = opened.data;
  const comment = await reportSaying(stage, number, { head, words: "may replace" });
  tell.say(
    `#${number}: validate-data, train, compare-metrics and report ran; the bot wrote one comment and one check run:`,
  );
  tell.say(headingOf(comment.body));
  tell.say(await checkEnding(stage, head, "success"));
  return { number, clone, commentId: comment.id };
}

async function worsen(stage: Stage, tell: Narrator, { number, clone, commentId }: Challenger): Promise<void> {
  await clone.edit("params.yaml", FEATURES, "features:\n  - speed\n");
  const head = await clone.push(BRANCH, "See the speed only");
  const comment = await reportSaying(stage, number, { head, words: "is blocked" });
  if (comment.id !== commentId) throw new Error("The bot wrote a second comment instead of editing its own.");
  await checkEnding(stage, head, "failure");
  tell.say(`comment ${comment.id} edited in place: ${headingOf(comment.body)}`);
  const merge = await stage
    .as("reviewer")
    .pulls.merge({ ...here, pull_number: number, sha: head })
    .then(
      () => "merged",
      (error: Error) => error.message,
    );
  if (merge === "merged") throw new Error("GitHub merged a blocked model.");
  tell.say(`GitHub will not merge it: ${merge.split("\n")[0]}`);
}

const FEATURES = `features:
  - aircraft_model
  - airport
  - flight_date
  - operator
  - phase
  - species
  - speed
  - state
  - time_of_day
  - wildlife_size
`;

async function mendAndMerge(stage: Stage, tell: Narrator, { number, clone }: Challenger): Promise<void> {
  await clone.edit("params.yaml", "features:\n  - speed\n", FEATURES);
  const head = await clone.push(BRANCH, "See all features again");
  await reportSaying(stage, number, { head, words: "may replace" });
  await checkEnding(stage, head, "success");
  await stage.as("reviewer").pulls.merge({ ...here, pull_number: number, sha: head, merge_method: "squash" });
  tell.say(`#${number} merged; main now trains until 1998, production still serves the champion`);
}

async function promoteChallenger(stage: Stage, tell: Narrator, champion: string): Promise<number> {
  const promotion = await pullRequestFrom(stage, `tidemark/promote/${MODEL}/`);
  tell.say(
    `the promote action opened #${promotion.number}: it changes registry/${MODEL}/${ENVIRONMENT}.yaml and nothing else`,
  );
  if ((await servedDigest(stage)) !== champion)
    throw new Error("Something was deployed before the promotion was merged.");
  await approveAndMerge(stage, promotion);
  const served = await servingOtherThan(stage, champion);
  const comment = await promotionSaying(stage, promotion.number, "serving");
  tell.say(`serving answers with ${shortDigest(served as Digest)}; ${headingOf(comment.body)}`);
  return promotion.number;
}

async function rollBack(
  stage: Stage,
  tell: Narrator,
  { champion, promotion }: { champion: string; promotion: number },
): Promise<string> {
  const challenger = await servedDigest(stage);
  const ask = async (person: "outsider" | "reviewer") => {
    const asked = await stage
      .as(person)
      .issues.createComment({ ...here, issue_number: promotion, body: "/model rollback" });
    return answerTo(stage, promotion, asked.data.id);
  };
  tell.say(`outsider: ${lastLine((await ask("outsider")).body)}`);
  if ((await servedDigest(stage)) !== challenger) throw new Error("An outsider's command changed what serves.");
  const told = await ask("reviewer");
  tell.say(`maintainer: ${lastLine(told.body)}`);
  const served = await servingOtherThan(stage, challenger);
  const rollback = await until("the rollback's pull request", () => numberIn(told.body));
  await promotionSaying(stage, rollback, "serving");
  if (served !== champion) throw new Error(`The rollback serves ${served} instead of the champion ${champion}.`);
  tell.say(`serving answers with ${shortDigest(served as Digest)} again; details: ${pullUrl(stage, promotion)}`);
  return served;
}

function numberIn(text: string): number | undefined {
  const number = /#(?<number>\d+)/.exec(text)?.groups?.["number"];
  return number === undefined ? undefined : Number(number);
}

function headingOf(body: string): string {
  return (/^## (?<heading>.*)$/m.exec(body)?.groups?.["heading"] ?? "").replace(/[`\\]/g, "");
}

function lastLine(body: string): string {
  return (body.trim().split("\n").at(-1) ?? "").replace(/[`\\]/g, "");
}
