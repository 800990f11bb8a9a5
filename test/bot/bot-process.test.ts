import { spawn } from "node:child_process";
import { once } from "node:events";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { headersOf, post, until } from "./support/parts.ts";
import { pointWebhookAt, startProcess, withGitHub } from "./support/running-bot.ts";

const quiet = () => undefined;
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };

function pullRequestEvent(number: number, installation: number) {
  const repository = { id: 1, name: "models", owner: { login: "ada" } };
  const payload = { action: "opened", repository, installation: { id: installation }, pull_request: { number } };
  const body = JSON.stringify(payload);
  return [body, headersOf(body, { "x-github-event": "pull_request", "x-github-delivery": `guid-${number}` })] as const;
}

test("works after a kill what it had answered before, exactly from the journal", { timeout: 30_000 }, async () => {
  const { environment, installationId, worked } = await withGitHub();
  const first = await startProcess({ ...environment, STUB_MILLISECONDS: "60000" });
  expect((await post(first.url, ...pullRequestEvent(7, installationId))).status).toBe(202);
  await until(() => worked().includes("begin ada/models#7"));
  expect((await post(first.url, ...pullRequestEvent(8, installationId))).status).toBe(202);
  expect(await first.end("SIGKILL")).toBe("SIGKILL");

  const second = await startProcess(environment);
  await until(() => worked().includes("end ada/models#7") && worked().includes("end ada/models#8"));
  const again = await post(second.url, ...pullRequestEvent(7, installationId));
  expect(await again.text()).toBe("seen\n");
  expect(await second.end("SIGTERM")).toBe(0);
  expect(worked().filter((line) => line === "end ada/models#7")).toHaveLength(1);
});

test("finishes on SIGTERM what it works on, then exits 0", { timeout: 30_000 }, async () => {
  const { environment, installationId, worked } = await withGitHub();
  const bot = await startProcess({ ...environment, STUB_MILLISECONDS: "700" });
  await post(bot.url, ...pullRequestEvent(7, installationId));
  await until(() => worked().includes("begin ada/models#7"));
  expect(await bot.end("SIGTERM")).toBe(0);
  expect(worked()).toContain("end ada/models#7");
  await expect(fetch(`${bot.url}/health`)).rejects.toThrow();
});

test("works at its start, with no webhook at all, every repository it is installed in", {
  timeout: 30_000,
}, async () => {
  const { environment, worked } = await withGitHub();
  const bot = await startProcess(environment);
  await until(() => worked().includes("end ada/models"));
  expect(await bot.end("SIGTERM")).toBe(0);
});

test("hears from the sandbox of a pull request, a comment and a push", { timeout: 30_000 }, async () => {
  const { sandbox, token, app, environment, worked } = await withGitHub();
  const bot = await startProcess(environment);
  pointWebhookAt(sandbox, app.id, bot.url);
  const octokit = new Octokit({ baseUrl: sandbox.url, auth: token, log: silent });
  const here = { owner: "ada", repo: "models" };
  const { data: main } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  await octokit.rest.git.createRef({ ...here, ref: "refs/heads/candidate", sha: main.object.sha });
  const content = Buffer.from("x\n").toString("base64");
  const file = { ...here, message: "Change", content };
  await octokit.rest.repos.createOrUpdateFileContents({ ...file, path: "a.txt", branch: "candidate" });
  const { data: pull } = await octokit.rest.pulls.create({ ...here, head: "candidate", base: "main", title: "Try" });
  const words = { ...here, issue_number: pull.number, body: "/model help" };
  const { data: comment } = await octokit.rest.issues.createComment(words);
  await octokit.rest.repos.createOrUpdateFileContents({ ...file, path: "registry/churn/staging.yaml", branch: "main" });
  await sandbox.idle();
  const wanted = [
    `end ada/models#${pull.number}`,
    `end ada/models#${pull.number} comment ${comment.id}`,
    "end ada/models@churn/staging",
  ];
  await until(() => wanted.every((line) => worked().includes(line)));
  expect(await bot.end("SIGTERM")).toBe(0);
  expect(bot.output()).not.toContain("PRIVATE KEY");
});

test("asks for deliveries again that it missed while it was away", { timeout: 30_000 }, async () => {
  const { sandbox, token, app, environment, worked } = await withGitHub();
  const octokit = new Octokit({ baseUrl: sandbox.url, auth: token, log: silent });
  const here = { owner: "ada", repo: "models", path: "registry/churn/staging.yaml", branch: "main" };
  await octokit.rest.repos.createOrUpdateFileContents({ ...here, message: "Record", content: "eA==" });
  await sandbox.idle();
  // The webhook is known before the bot listens: a port that was free a moment ago.
  const probe = await startProcess({ ...environment, JOURNAL_PATH: `${environment.JOURNAL_PATH}.probe` });
  await probe.end("SIGTERM");
  pointWebhookAt(sandbox, app.id, probe.url);
  const bot = await startProcess({ ...environment, PORT: new URL(probe.url).port });
  await until(() => worked().includes("end ada/models@churn/staging"));
  expect(await bot.end("SIGTERM")).toBe(0);
});

test.runIf(process.platform === "linux")(
  "answers 503 when the disk takes no more, and lives on",
  { timeout: 30_000 },
  async () => {
    const { environment } = await withGitHub();
    // 512 blocks of 512 bytes for any file it writes; the signal of the limit is ignored, so that writing fails.
    const bot = await startProcess(environment, (command) => `trap '' XFSZ; ulimit -f 512; ${command}`);
    const body = JSON.stringify({ text: "x".repeat(1_000_000) });
    expect((await post(bot.url, body)).status).toBe(503);
    expect((await fetch(`${bot.url}/health`)).status).toBe(200);
  },
);

test("refuses to start with one sentence and exit code 2 (F-30)", { timeout: 30_000 }, async () => {
  const env = { PATH: process.env["PATH"] ?? "", WEBHOOK_SECRET: "development", APP_ID: "1" };
  const child = spawn(process.execPath, ["bot/main.ts"], { env });
  let output = "";
  child.stderr.on("data", (bytes: Buffer) => {
    output += bytes.toString();
  });
  const [code] = await once(child, "exit");
  expect([code, output]).toEqual([
    2,
    "The environment variable WEBHOOK_SECRET is Probot's public default: generate one with: openssl rand -hex 32.\n",
  ]);
});
