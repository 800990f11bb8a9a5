import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { reconcile } from "#bot/reconcile/reconcile";
import { readSettings } from "#bot/settings";
import { type RunningBot, startBot } from "#bot/start";
import { systemTimer } from "#bot/timer";
import { REPORT_MARKER } from "#core/report/comment-state";
import { PROMOTION_MARKER } from "#core/report/promotion-comment";
import { headersOf, post } from "#test/bot/support/parts";
import { temporaryFolder } from "#test/support/temporary-folder";
import { commitFile, emulatedGitHub, here, INSTALLATION, type Person } from "./emulated-github.ts";

// The whole bot against emulate 0.12.2: app JWT, installation token, signed webhooks, and reconcilers down to comments and
// check runs. It ends where emulate has no deployments (404), reactions (404, which the bot survives) and artifacts of
// runs; adapters.test.ts holds the list. A push moves no pull request there and sends no `synchronize`, so its branch is
// updated and its title edited instead. An `issue_comment` lacks `issue.pull_request`, by which GitHub tells pull requests
// from issues, so the comment is made there and its webhook here.

let github: Awaited<ReturnType<typeof emulatedGitHub>>;
let bot: RunningBot;

beforeEach(async () => {
  github = await emulatedGitHub();
  const config = await readFile(
    join(import.meta.dirname, "../../../examples/birdstrikes/.github/tidemark.yml"),
    "utf8",
  );
  await commitFile(github.as("ada"), { branch: "main", path: ".github/tidemark.yml", text: config });
  const environment = { ...github.environment, JOURNAL_PATH: join(await temporaryFolder(), "journal.sqlite") };
  bot = await startBot(readSettings(environment), {
    reconcile,
    clock: () => new Date(),
    timer: systemTimer,
    random: Math.random,
  });
  onTestFinished(() => bot.stop());
});

async function pullRequest(branch: string, path: string): Promise<{ number: number; head: string }> {
  const head = await commitFile(github.as("ada"), { branch, path, text: "x\n" });
  const opened = await github
    .as("ada")
    .rest.pulls.create({ ...here, head: branch, base: "main", title: "A better model" });
  return { number: opened.data.number, head };
}

async function commentsOfBot(number: number) {
  const { data } = await github.as("ada").rest.issues.listComments({ ...here, issue_number: number });
  return data.filter(({ user }) => user?.login === "tidemark[bot]").map(({ id, body = "" }) => ({ id, body }));
}

const soon = <Result>(look: () => Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: 15_000, interval: 30 });

/** The bot's answer to a comment, found by the mark it carries. */
async function answerTo(person: Person, on: { number: number; body: string }): Promise<string> {
  const asked = { ...here, issue_number: on.number, body: on.body };
  const { data } = await github.as(person).rest.issues.createComment(asked);
  const body = JSON.stringify({
    action: "created",
    issue: { number: on.number, pull_request: {} },
    comment: { id: data.id, body: on.body, user: { login: person, type: "User" } },
    repository: { id: 1, name: here.repo, owner: { login: here.owner } },
    installation: { id: INSTALLATION },
  });
  expect((await post(bot.url, body, headersOf(body, { "x-github-event": "issue_comment" }))).status).toBe(202);
  return soon(async () => {
    const answers = (await commentsOfBot(on.number)).filter(({ body }) => body.includes(`tidemark:answer ${data.id} `));
    expect(answers).toHaveLength(1);
    return answers[0]?.body ?? "";
  });
}

test("an opened pull request gets one comment by the app's name, which the next event edits in place", async () => {
  const { number, head } = await pullRequest("work", "params.yaml");
  const [first] = await soon(async () => {
    const comments = await commentsOfBot(number);
    expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining(head.slice(0, 7))]);
    return comments;
  });
  expect(first?.body.startsWith(REPORT_MARKER)).toBe(true);
  await github.as("ada").rest.pulls.updateBranch({ ...here, pull_number: number, expected_head_sha: head });
  const { data: updated } = await github.as("ada").rest.pulls.get({ ...here, pull_number: number });
  const moved = updated.head.sha;
  expect(moved).not.toBe(head);
  await github.as("ada").rest.pulls.update({ ...here, pull_number: number, title: "A still better model" });
  await soon(async () => {
    expect(await commentsOfBot(number)).toEqual([{ id: first?.id, body: expect.stringContaining(moved.slice(0, 7)) }]);
  });
});

test("a command of an outsider is refused with the role it needs, one of the owner is answered", async () => {
  const { number } = await pullRequest("work", "params.yaml");
  const refused = await answerTo("outsider", { number, body: "/model rollback" });
  expect(refused).toContain("`/model rollback` needs the role maintain; `outsider` has none.");
  expect(await answerTo("ada", { number, body: "/model help" })).toContain("`/model resume`");
});

test("a promotion that is none is told so, by its comment and a check run that fails", async () => {
  const branch = "tidemark/promote/bird-damage/production/g1-0123456789ab";
  const { number, head } = await pullRequest(branch, "registry/bird-damage/production.yaml");
  await soon(async () => {
    const [comment, ...more] = await commentsOfBot(number);
    expect([comment?.body.startsWith(PROMOTION_MARKER), more]).toEqual([true, []]);
  });
  await soon(async () => {
    const { data } = await github.as("ada").rest.checks.listForRef({ ...here, ref: head });
    const checks = data.check_runs.map(({ name, conclusion }) => `${name}: ${conclusion}`);
    expect(checks).toEqual(["tidemark / bird-damage: failure"]);
  });
});

test("a rollback asked for by the owner is answered with what emulate's main lacks: a release record", async () => {
  const { number } = await pullRequest("work", "params.yaml");
  expect(await answerTo("ada", { number, body: "/model rollback" })).toContain(
    "There is no registry/bird-damage/production.yaml",
  );
});
