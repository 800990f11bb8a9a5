import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sandboxPages } from "#sandbox/pages/site";
import type { Sandbox } from "#sandbox/sandbox";
import { gatedSandbox } from "#test/support/gated-sandbox";
import { commitOnBranch, everyPermission, here, octokitFor, octokitForApp, owner, repo } from "#test/support/sandbox";

const fullName = `${owner}/${repo}`;

const FILES = {
  "README.md": "# Models\n\nWhat serves is in `registry/`.\n",
  "registry/churn.yaml": "model: churn\nnote: <b>not bold</b>\n",
};

/** The repository `ada/models` in a sandbox with pages, and an app that may do everything. */
export async function withPages(options: { private?: boolean } = {}) {
  const directory = await mkdtemp(join(tmpdir(), "tidemark-pages-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const sandbox = await gatedSandbox({ directory, pages: sandboxPages });
  const { token } = sandbox.createUser({ login: owner });
  await sandbox.createRepository({ owner, name: repo, files: FILES, ...options });
  const webhook = { url: "http://127.0.0.1:1/", secret: "a long webhook secret" };
  const app = sandbox.createApp({
    slug: "tidemark",
    name: "Tidemark",
    permissions: everyPermission,
    events: [],
    webhook,
  });
  const bot = octokitForApp(sandbox, app, sandbox.installApp(app.id, fullName));
  return { sandbox, token, app, bot, octokit: octokitFor(sandbox, token) };
}

export type Scene = Awaited<ReturnType<typeof withPages>>;

/** A pull request whose texts are `text`, with a comment, a review, a check run, a status and a deployment. */
export async function busyPull({ octokit, bot, sandbox }: Scene, text: string) {
  const sha = await commitOnBranch(octokit, "candidate", "model.txt");
  const { data: pull } = await octokit.rest.pulls.create({
    ...here,
    head: "candidate",
    base: "main",
    title: `Promote ${text}`,
    body: `Body ${text}`,
  });
  const at = { ...here, issue_number: pull.number };
  await octokit.rest.issues.addLabels({ ...at, labels: ["model"] });
  const { data: comment } = await bot.rest.issues.createComment({ ...at, body: `Comment ${text}` });
  await octokit.rest.reactions.createForIssueComment({ ...here, comment_id: comment.id, content: "rocket" });
  await octokit.rest.pulls.createReview({
    ...here,
    pull_number: pull.number,
    event: "COMMENT",
    body: `Review ${text}`,
  });
  const output = { title: `Title ${text}`, summary: `Summary ${text}` };
  await bot.rest.checks.create({ ...here, head_sha: sha, name: "gate / churn", conclusion: "failure", output });
  await bot.rest.repos.createCommitStatus({
    ...here,
    sha,
    state: "success",
    context: "ci/build",
    description: "built",
  });
  const { data } = await bot.rest.repos.createDeployment({
    ...here,
    ref: "candidate",
    environment: "staging",
    required_contexts: [],
    auto_merge: false,
  });
  if (!("id" in data)) throw new Error("no deployment");
  const status = { ...here, deployment_id: data.id, environment_url: "https://churn.example/" };
  await bot.rest.repos.createDeploymentStatus({ ...status, state: "in_progress" });
  await bot.rest.repos.createDeploymentStatus({ ...status, state: "success", description: `Serves ${text}` });
  await sandbox.idle();
  return { pull, sha, comment };
}

export function startedRun(sandbox: Sandbox, headSha: string) {
  return sandbox.startRun({
    repository: fullName,
    workflow: { path: ".github/workflows/gate.yml", name: "Model gate" },
    event: "pull_request",
    headSha,
    headBranch: "candidate",
    actor: owner,
    permissions: { contents: "read" },
  });
}

export async function read(sandbox: Sandbox, path: string, init: RequestInit = {}) {
  const response = await fetch(`${sandbox.url}${path}`, { headers: { accept: "text/html" }, ...init });
  return { response, status: response.status, text: await response.text() };
}
