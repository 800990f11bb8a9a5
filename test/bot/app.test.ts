import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Probot } from "probot";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { tidemarkApp } from "#bot/app";
import { eventNames } from "#bot/events/handlers";
import { BotOctokit } from "#bot/octokit";
import { receiver } from "#bot/receiver";
import type { Key } from "#bot/work";
import type { WorkItem } from "#bot/work-item";
import { keptLog, privateKey, secret } from "./support/parts.ts";

interface Example {
  readonly name: string;
  readonly examples: ReadonlyArray<Record<string, unknown>>;
}
const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly Example[];

async function listening() {
  const log = keptLog();
  const items: WorkItem[] = [];
  const probot = new Probot({ appId: 1, privateKey, secret, Octokit: BotOctokit, logLevel: "fatal" });
  await probot.load(tidemarkApp((item) => void items.push(item), log));
  const receive = receiver(probot);
  const hear = async (event: string, payload: Record<string, unknown>): Promise<readonly Key[]> => {
    items.length = 0;
    await receive({ id: "guid", event, payload: { ...here, ...payload } });
    return items.map(({ key }) => key);
  };
  return { probot, log, items, receive, hear };
}

const here = {
  repository: { id: 5, name: "models", owner: { login: "ada" }, default_branch: "main" },
  installation: { id: 9 },
};
const pull = (number: number): Key => ({ kind: "pull-request", number });
const wholeRepository: readonly Key[] = [{ kind: "repository" }];

test("takes all example payloads of GitHub without an error", async () => {
  const { receive, log, items } = await listening();
  let heard = 0;
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads) {
      await receive({ id: `${name}-${heard}`, event: name, payload });
      heard += 1;
    }
  }
  expect(heard).toBe(329);
  expect(log.told).toEqual([]);
  expect(items.length).toBeGreaterThan(10);
});

test.each(["opened", "synchronize", "reopened", "edited", "closed"])(
  "looks at a pull request that was %s",
  async (action) => {
    const { hear, items } = await listening();
    expect(await hear("pull_request", { action, pull_request: { number: 7 } })).toEqual([pull(7)]);
    expect(items[0]?.repository).toEqual({ owner: "ada", name: "models", installationId: 9 });
  },
);

test("looks at a pull request that was reviewed, and not at one that was labeled", async () => {
  const { hear } = await listening();
  expect(await hear("pull_request_review", { action: "submitted", pull_request: { number: 7 } })).toEqual([pull(7)]);
  expect(await hear("pull_request", { action: "labeled", pull_request: { number: 7 } })).toEqual([]);
});

test("looks at the pull requests of a run, and at the whole repository when GitHub names none", async () => {
  const { hear } = await listening();
  const run = (...pulls: Array<[number, number]>) => ({
    action: "completed",
    workflow_run: { pull_requests: pulls.map(([number, id]) => ({ number, base: { repo: { id } } })) },
  });
  expect(await hear("workflow_run", run([7, 5], [8, 5]))).toEqual([pull(7), pull(8)]);
  expect(await hear("workflow_run", run())).toEqual(wholeRepository);
  expect(await hear("workflow_run", run([7, 66]))).toEqual(wholeRepository);
  expect(await hear("workflow_run", { ...run([7, 5]), action: "in_progress" })).toEqual([]);
});

test("looks at the pull requests of a check that is asked for again", async () => {
  const { hear } = await listening();
  const related = { pull_requests: [{ number: 7, base: { repo: { id: 5 } } }] };
  expect(await hear("check_run", { action: "rerequested", check_run: related })).toEqual([pull(7)]);
  expect(await hear("check_suite", { action: "rerequested", check_suite: related })).toEqual([pull(7)]);
  expect(await hear("check_run", { action: "completed", check_run: related })).toEqual([]);
});

const comment = (part: { body?: string; type?: string; action?: string; onIssue?: boolean } = {}) => ({
  action: part.action ?? "created",
  issue: { number: 7, ...(part.onIssue !== true && { pull_request: {} }) },
  comment: { id: 70, body: part.body ?? "Looks good.\r\n/model promote", user: { type: part.type ?? "User" } },
});

test("reads a new comment of a person that holds a command", async () => {
  const { hear } = await listening();
  expect(await hear("issue_comment", comment())).toEqual([{ kind: "comment", number: 7, commentId: 70 }]);
});

test.each([
  ["edited", { action: "edited" }],
  ["of a bot", { type: "Bot" }],
  ["on an issue", { onIssue: true }],
  ["with the command inside a line", { body: "please /model promote" }],
  ["with the command quoted", { body: "> /model promote" }],
  ["with another word", { body: "/models are fine" }],
])("ignores a comment %s (T1)", async (_, part) => {
  const { hear } = await listening();
  expect(await hear("issue_comment", comment(part))).toEqual([]);
});

const push = (paths: readonly string[], part: Record<string, unknown> = {}) => ({
  ref: "refs/heads/main",
  head_commit: { id: "c1" },
  commits: [{ id: "c1", added: paths, modified: [], removed: [] }],
  ...part,
});
const release = (model: string, environment: string): Key => ({ kind: "release", model, environment });

test("looks at the releases whose records a push to the default branch changed", async () => {
  const { hear } = await listening();
  const paths = ["registry/churn/production.yaml", "registry/churn/staging.yaml", "README.md", "registry/UP/x.yaml"];
  expect(await hear("push", push(paths))).toEqual([release("churn", "production"), release("churn", "staging")]);
  expect(await hear("push", push(["README.md"]))).toEqual([]);
  expect(await hear("push", push(paths, { ref: "refs/heads/other" }))).toEqual([]);
  expect(await hear("push", push(paths, { deleted: true }))).toEqual([]);
});

test.each([
  ["was forced", { forced: true }],
  ["lists no commits", { commits: [] }],
  ["lists more than twenty commits", { commits: Array(21).fill({ id: "c1" }) }],
  ["does not list its head", { head_commit: { id: "c2" } }],
])("looks at the whole repository after a push that %s", async (_, part) => {
  const { hear } = await listening();
  expect(await hear("push", push([], part))).toEqual(wholeRepository);
});

test("looks at the release of a deployment of ours and at nobody else's", async () => {
  const { hear } = await listening();
  const digest = `sha256:${"a".repeat(64)}`;
  const payload = {
    promotion: digest,
    model: "churn",
    environment: "staging",
    digest,
    generation: 2,
    commit: "b".repeat(40),
    pullRequest: 7,
    approvers: ["ada"],
  };
  const deployed = (value: unknown) => ({ action: "created", deployment: { payload: value } });
  expect(await hear("deployment_status", deployed(payload))).toEqual([release("churn", "staging")]);
  expect(await hear("deployment_status", deployed(JSON.stringify(payload)))).toEqual([release("churn", "staging")]);
  expect(await hear("deployment_status", deployed({ web: true }))).toEqual([]);
});

test("looks at repositories the app was just installed in", async () => {
  const { hear, items } = await listening();
  const repositories = [{ full_name: "ada/models" }, { full_name: "ada/more" }];
  await hear("installation", { action: "created", repositories });
  expect(items.map(({ repository }) => repository.name)).toEqual(["models", "more"]);
  await hear("installation_repositories", { action: "added", repositories_added: repositories.slice(1) });
  expect(items.map(({ repository }) => repository.name)).toEqual(["more"]);
  expect(await hear("installation", { action: "deleted", repositories })).toEqual([]);
});

test("ignores an event nobody knows, and tells of a payload it cannot read without its values (F-34)", async () => {
  const { hear, log } = await listening();
  expect(await hear("quantum_flux", { action: "collapsed" })).toEqual([]);
  expect(log.told).toEqual([]);
  expect(await hear("pull_request", { action: "opened", pull_request: { number: "<script>" } })).toEqual([]);
  expect(log.told).toMatchObject([{ level: "warn", facts: { problem: "pull_request.number: invalid_type" } }]);
});

test("does its part when another handler of the same event throws (F-36)", async () => {
  const { probot, hear, items } = await listening();
  probot.on("pull_request", () => {
    throw new Error("another handler's bug");
  });
  await expect(hear("pull_request", { action: "opened", pull_request: { number: 7 } })).rejects.toThrow();
  expect(items.map(({ key }) => key)).toEqual([pull(7)]);
});

test("subscribes in the manifest to the events it handles, and stays private", () => {
  const manifest = parse(readFileSync("bot/app.yml", "utf8")) as Record<string, unknown>;
  // GitHub always sends these two to the app.
  const always = ["installation", "installation_repositories"];
  const subscribed = [...eventNames].filter((name) => !always.includes(name)).sort();
  expect(manifest).toMatchObject({ name: "Tidemark", public: false, default_events: subscribed });
});
