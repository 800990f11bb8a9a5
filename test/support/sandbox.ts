import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { onTestFinished } from "vitest";
import type { Sandbox } from "#sandbox/sandbox";
import { gatedSandbox } from "#test/support/gated-sandbox";

/** A sandbox in its own temporary folder, closed and checked against GitHub's contract after the test. */
export async function withSandbox(): Promise<Sandbox> {
  const directory = await mkdtemp(join(tmpdir(), "tidemark-sandbox-"));
  // What is registered first runs last: the folder goes after the sandbox has closed.
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return gatedSandbox({ directory });
}

export function octokitFor(sandbox: Sandbox, token?: string): Octokit {
  return new Octokit({ baseUrl: sandbox.url, ...(token !== undefined && { auth: token }), log: SILENT });
}

export function octokitForApp(
  sandbox: Sandbox,
  app: { id: number; privateKey: string },
  installationId?: number,
): Octokit {
  const auth = { appId: app.id, privateKey: app.privateKey, ...(installationId !== undefined && { installationId }) };
  return new Octokit({ baseUrl: sandbox.url, authStrategy: createAppAuth, auth, log: SILENT });
}

const nothing = (): void => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export const owner = "ada";
export const repo = "models";
export const here = { owner, repo };

/** The repository `ada/models` with one commit on main, its owner's token and client. */
export async function withRepository(options: { private?: boolean } = {}) {
  const sandbox = await withSandbox();
  const { token } = sandbox.createUser({ login: owner });
  const files = { "README.md": "# Models\n", "train.py": "print('train')\n" };
  const repository = await sandbox.createRepository({ owner, name: repo, files, ...options });
  return { sandbox, token, repository, octokit: octokitFor(sandbox, token) };
}

/** A branch with one more commit than main. */
export async function commitOnBranch(octokit: Octokit, branch: string, path = "model.txt"): Promise<string> {
  const { data: main } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  const exists = await octokit.rest.git.getRef({ ...here, ref: `heads/${branch}` }).catch(() => undefined);
  if (!exists) await octokit.rest.git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: main.object.sha });
  const content = Buffer.from(`${branch} ${path}\n`).toString("base64");
  const { data } = await octokit.rest.repos.createOrUpdateFileContents({
    ...here,
    branch,
    path,
    content,
    message: `Add ${path}`,
  });
  return data.commit.sha ?? "";
}

export async function openPull(octokit: Octokit, branch = "candidate") {
  await commitOnBranch(octokit, branch);
  const { data } = await octokit.rest.pulls.create({ ...here, head: branch, base: "main", title: `Promote ${branch}` });
  return data;
}

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly payload: Record<string, unknown>;
}

/** An endpoint that keeps what is delivered to it. */
export async function withReceiver(): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const { headers } = request;
      const payload = JSON.parse(body) as Record<string, unknown>;
      const event = String(headers["x-github-event"]);
      received.push({ event, guid: String(headers["x-github-delivery"]), headers, body, payload });
      response.end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
}

export const everyPermission = {
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "write",
  deployments: "write",
  actions: "write",
  environments: "write",
  administration: "write",
} as const;

export const everyEvent = [
  "push",
  "create",
  "delete",
  "pull_request",
  "pull_request_review",
  "issues",
  "issue_comment",
  "check_run",
  "check_suite",
  "status",
  "deployment",
  "deployment_status",
  "workflow_run",
  "workflow_dispatch",
  "repository_dispatch",
  "release",
];

/** `ada/models` with an app installed that hears everything. */
export async function withApp(permissions: Record<string, "read" | "write"> = everyPermission) {
  const repository = await withRepository();
  const receiver = await withReceiver();
  const webhook = { url: receiver.url, secret: "a long webhook secret" };
  const app = repository.sandbox.createApp({ slug: "tidemark", permissions, events: everyEvent, webhook });
  const installationId = repository.sandbox.installApp(app.id, `${owner}/${repo}`);
  const bot = octokitForApp(repository.sandbox, app, installationId);
  return { ...repository, ...receiver, app, installationId, bot };
}

const run = promisify(execFile);

/** The real git, as a person with this token and no configuration of their own. */
export async function git(directory: string, args: readonly string[]): Promise<string> {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  const env = { PATH: process.env["PATH"], HOME: directory, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
  const { stdout } = await run("git", [...identity, ...args], { cwd: directory, env });
  return stdout;
}

export function remoteUrl(sandbox: Sandbox, token?: string): string {
  const url = new URL(`${owner}/${repo}.git`, sandbox.url);
  if (token !== undefined) Object.assign(url, { username: "x-access-token", password: token });
  return url.href;
}

export async function withFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "tidemark-clone-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
