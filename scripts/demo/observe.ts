import { REPORT_MARKER } from "#core/report/comment-state";
import { PROMOTION_MARKER } from "#core/report/promotion-comment";
import { FULL_NAME, OWNER, REPOSITORY, type Stage } from "./stage.ts";
import { until } from "./until.ts";
import { MODEL } from "./workflows.ts";

const here = { owner: OWNER, repo: REPOSITORY };

export interface BotComment {
  readonly id: number;
  readonly body: string;
  readonly url: string;
}

/** The bot's comments on a pull request that begin with a marker. */
export async function botComments(stage: Stage, number: number, marker: string): Promise<readonly BotComment[]> {
  const { data } = await stage.as("owner").issues.listComments({ ...here, issue_number: number, per_page: 100 });
  return data
    .filter(({ body, user }) => user?.login === "tidemark[bot]" && body?.startsWith(marker))
    .map(({ id, body = "", html_url: url }) => ({ id, body, url }));
}

/** Waits until the bot's one report comment says this of this commit. */
export function reportSaying(
  stage: Stage,
  number: number,
  said: { readonly head: string; readonly words: string },
): Promise<BotComment> {
  return until(`a report of ${said.head.slice(0, 7)} on #${number} saying "${said.words}"`, async () => {
    const comments = await botComments(stage, number, REPORT_MARKER);
    if (comments.length > 1) throw new Error(`The bot wrote ${comments.length} report comments on #${number}.`);
    return comments.find(({ body }) => body.includes(said.words) && body.includes(said.head.slice(0, 7)));
  });
}

export function promotionSaying(stage: Stage, number: number, words: string): Promise<BotComment> {
  return until(`the comment on #${number} saying "${words}"`, async () => {
    const comments = await botComments(stage, number, PROMOTION_MARKER);
    return comments.find(({ body }) => body.includes(words));
  });
}

/** Waits until the bot has answered a comment, and gives the answer. */
export function answerTo(stage: Stage, number: number, commentId: number): Promise<BotComment> {
  return until(`an answer to comment ${commentId}`, async () => {
    const [answer] = await botComments(stage, number, `<!-- tidemark:answer ${commentId} -->`);
    return answer;
  });
}

/** Waits for an open pull request whose branch begins so. */
export function pullRequestFrom(
  stage: Stage,
  prefix: string,
): Promise<{ readonly number: number; readonly headSha: string }> {
  return until(`a pull request from ${prefix}…`, async () => {
    const { data } = await stage.as("owner").pulls.list({ ...here, state: "open" });
    const found = data.find(({ head }) => head.ref.startsWith(prefix));
    return found === undefined ? undefined : { number: found.number, headSha: found.head.sha };
  });
}

/** Waits until the bot's check run of a commit has ended so. */
export function checkEnding(stage: Stage, ref: string, conclusion: string): Promise<string> {
  return until(`check run "tidemark / ${MODEL}" of ${ref.slice(0, 7)} ending ${conclusion}`, async () => {
    const { data } = await stage.as("owner").checks.listForRef({ ...here, ref, check_name: `tidemark / ${MODEL}` });
    return data.check_runs.find((check) => check.conclusion === conclusion)?.output.title ?? undefined;
  });
}

/** The digest the serving process reports of the files it loaded; undefined while nothing answers. */
export async function servedDigest({ serving }: Stage): Promise<string | undefined> {
  const answer = await fetch(`http://127.0.0.1:${serving.port}/v2/models/${MODEL}`).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  const { properties } = (await answer.json()) as { properties?: Record<string, string> };
  return properties?.["model.digest"];
}

/** Waits until another version serves than this one. */
export function servingOtherThan(stage: Stage, before: string | undefined): Promise<string> {
  return until("a new version serving", async () => {
    const digest = await servedDigest(stage);
    return digest !== undefined && digest !== before ? digest : undefined;
  });
}

export function pullUrl({ sandbox }: Stage, number: number): string {
  return `${sandbox.url}/${FULL_NAME}/pull/${number}`;
}
