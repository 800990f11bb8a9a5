import { createHmac, createPrivateKey } from "node:crypto";
import { expect, test } from "vitest";
import { signAppJwt } from "#sandbox/auth/app-jwt";
import {
  commitOnBranch,
  here,
  octokitFor,
  octokitForApp,
  openPull,
  owner,
  repo,
  withApp,
  withRepository,
} from "../support/sandbox.ts";

test("an app comments under its bot's name", async () => {
  const { octokit, bot } = await withApp();
  const { number } = await openPull(octokit);
  const { data } = await bot.rest.issues.createComment({ ...here, issue_number: number, body: "Report" });
  expect(data.user?.login).toBe("tidemark[bot]");
  expect(data.performed_via_github_app?.slug).toBe("tidemark");
});

test("an installation token without checks:write gets 403", async () => {
  const { bot, repository } = await withApp({ contents: "read", checks: "read" });
  const head_sha = (await repository.git.branchSha("main")) ?? "";
  const create = bot.rest.checks.create({ ...here, head_sha, name: "gate" });
  await expect(create).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining("Resource not accessible by integration"),
  });
});

test("a token narrowed to reading cannot write", async () => {
  const { sandbox, app, installationId } = await withApp();
  const asApp = octokitForApp(sandbox, app);
  const { data } = await asApp.rest.apps.createInstallationAccessToken({
    installation_id: installationId,
    repositories: [repo],
    permissions: { contents: "read" },
  });
  const narrowed = octokitFor(sandbox, data.token);
  expect((await narrowed.rest.repos.getContent({ ...here, path: "README.md" })).status).toBe(200);
  await expect(commitOnBranch(narrowed, "main")).rejects.toMatchObject({ status: 403 });
  expect((await narrowed.rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(1);
});

test("an installation reads public repositories it is not installed in, and writes none", async () => {
  const { sandbox, bot } = await withApp();
  await sandbox.createRepository({ owner, name: "open", files: { "a.txt": "a" } });
  await sandbox.createRepository({ owner, name: "closed", private: true });
  expect((await bot.rest.repos.getContent({ owner, repo: "open", path: "a.txt" })).status).toBe(200);
  const issue = bot.rest.issues.create({ owner, repo: "open", title: "x" });
  await expect(issue).rejects.toMatchObject({ status: 403 });
  await expect(bot.rest.repos.get({ owner, repo: "closed" })).rejects.toMatchObject({ status: 404 });
});

test("an unknown token is 401, never anonymous", async () => {
  const { sandbox } = await withRepository();
  await expect(octokitFor(sandbox, "ghp_wrong").rest.repos.get(here)).rejects.toMatchObject({
    status: 401,
    message: expect.stringContaining("Bad credentials"),
  });
});

test("a private repository does not exist for strangers", async () => {
  const { sandbox } = await withRepository({ private: true });
  const { token } = sandbox.createUser({ login: "eve" });
  await expect(octokitFor(sandbox, token).rest.repos.get(here)).rejects.toMatchObject({ status: 404 });
  await expect(octokitFor(sandbox).rest.repos.get(here)).rejects.toMatchObject({ status: 404 });
});

test("an app's expired or foreign JWT is refused", async () => {
  const { sandbox, app } = await withApp();
  const key = createPrivateKey(app.privateKey);
  const now = Math.floor(Date.now() / 1000);
  const asked = (claims: { iat: number; exp: number; iss: number }) =>
    octokitFor(sandbox, signAppJwt(claims, key)).rest.apps.getAuthenticated();
  expect((await asked({ iat: now, exp: now + 300, iss: app.id })).data?.slug).toBe("tidemark");
  await expect(asked({ iat: now - 700, exp: now - 100, iss: app.id })).rejects.toMatchObject({ status: 401 });
  await expect(asked({ iat: now, exp: now + 3600, iss: app.id })).rejects.toMatchObject({ status: 401 });
  await expect(asked({ iat: now, exp: now + 300, iss: 1 })).rejects.toMatchObject({ status: 401 });
});

test("a delivery carries GitHub's headers and a signature over its exact bytes", async () => {
  const { sandbox, octokit, received } = await withApp();
  await openPull(octokit);
  await sandbox.idle();
  const opened = received.find(({ payload }) => payload["action"] === "opened");
  const hmac = createHmac("sha256", "a long webhook secret").update(opened?.body ?? "");
  expect(opened?.headers["x-hub-signature-256"]).toBe(`sha256=${hmac.digest("hex")}`);
  expect(opened?.headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
});

test("the same delivery redelivered keeps its GUID", async () => {
  const { sandbox, octokit, app, received } = await withApp();
  await openPull(octokit);
  await sandbox.idle();
  const asApp = octokitForApp(sandbox, app);
  const { data } = await asApp.rest.apps.listWebhookDeliveries({ per_page: 100 });
  const opened = data.find(({ event, action }) => event === "pull_request" && action === "opened");
  const full = await asApp.rest.apps.getWebhookDelivery({ delivery_id: opened?.id ?? 0 });
  expect(full.data.response.payload).toBe("thanks");
  await asApp.rest.apps.redeliverWebhookDelivery({ delivery_id: opened?.id ?? 0 });
  await sandbox.idle();
  expect(received.filter(({ guid }) => guid === opened?.guid)).toHaveLength(2);
});

test("an app learns of its installation, and the repository of the app", async () => {
  const { sandbox, app, installationId, received } = await withApp();
  await sandbox.idle();
  expect(received.map(({ event }) => event)).toEqual(expect.arrayContaining(["ping", "installation"]));
  const asApp = octokitForApp(sandbox, app);
  expect((await asApp.rest.apps.getRepoInstallation(here)).data.id).toBe(installationId);
  expect((await asApp.rest.apps.listInstallations()).data).toHaveLength(1);
  const now = Math.floor(Date.now() / 1000);
  const jwt = signAppJwt({ iat: now, exp: now + 300, iss: app.id }, app.privateKey);
  // Octokit takes a parameter named url for the address to call.
  const headers = { authorization: `Bearer ${jwt}`, "content-type": "application/json" };
  const body = JSON.stringify({ url: "http://127.0.0.1:1/hook" });
  await fetch(`${sandbox.url}/app/hook/config`, { method: "PATCH", headers, body });
  expect((await octokitFor(sandbox, jwt).rest.apps.getWebhookConfigForApp()).data.url).toBe("http://127.0.0.1:1/hook");
});

test("a manifest code exchanges once for the app's credentials", async () => {
  const { sandbox } = await withRepository();
  const webhook = { url: "http://127.0.0.1:1/", secret: "s" };
  const { code } = sandbox.registerManifest({ slug: "made", permissions: {}, events: [], webhook });
  const { data } = await octokitFor(sandbox).rest.apps.createFromManifest({ code });
  expect(data.pem).toContain("PRIVATE KEY");
  await expect(octokitFor(sandbox).rest.apps.createFromManifest({ code })).rejects.toMatchObject({ status: 404 });
});

test("an app may not edit a person's comment, nor another app's check run", async () => {
  const { sandbox, octokit, bot } = await withApp();
  const { number, head } = await openPull(octokit);
  const { data: comment } = await octokit.rest.issues.createComment({ ...here, issue_number: number, body: "Mine" });
  await expect(bot.rest.issues.updateComment({ ...here, comment_id: comment.id, body: "x" })).rejects.toMatchObject({
    status: 403,
  });
  const { data: run } = await bot.rest.checks.create({ ...here, head_sha: head.sha, name: "gate" });
  const webhook = { url: "http://127.0.0.1:1/", secret: "s" };
  const other = sandbox.createApp({ slug: "other", permissions: { checks: "write" }, events: [], webhook });
  const otherBot = octokitForApp(sandbox, other, sandbox.installApp(other.id, `${owner}/${repo}`));
  const update = otherBot.rest.checks.update({ ...here, check_run_id: run.id, conclusion: "success" });
  await expect(update).rejects.toMatchObject({ status: 403 });
  await expect(octokit.rest.checks.create({ ...here, head_sha: head.sha, name: "gate" })).rejects.toMatchObject({
    status: 403,
  });
});
