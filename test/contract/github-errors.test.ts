import { expect, test } from "vitest";
import { gitHubHost } from "#adapters/github/code-host";
import { tokenOctokit } from "#adapters/github/octokit";
import { sandboxScene } from "#test/support/code-host-scenes";
import { octokitForApp, withApp, withRepository } from "#test/support/sandbox";

const at = { owner: "ada", name: "models", login: "tidemark[bot]" };

test("a token GitHub does not know is told", async () => {
  const { sandbox } = await withRepository({ private: true });
  const host = gitHubHost({ ...at, octokit: tokenOctokit({ token: "wrong", apiUrl: sandbox.url }) });
  await expect(host.branches.defaultBranch()).rejects.toMatchObject({ code: "GITHUB_UNAUTHORIZED" });
});

test("a missing permission is named", async () => {
  const { sandbox, app, installationId } = await withApp({ contents: "read", checks: "read" });
  const host = gitHubHost({ ...at, octokit: octokitForApp(sandbox, app, installationId) });
  const commit = (await host.branches.head("main")) ?? "";
  const check = { name: "x", commit, status: "in_progress", title: "t", summary: "s" } as const;
  await expect(host.checks.upsert(check)).rejects.toMatchObject({
    code: "GITHUB_FORBIDDEN",
    hint: expect.stringMatching(/checks[:=] ?write/),
  });
});

test("a read is repeated through a short failure and told after a long one", async () => {
  const { host, sandbox } = await sandboxScene();
  const fail = {
    method: "GET",
    path: "/repos/{owner}/{repo}",
    effect: { kind: "status", when: "before", status: 502 },
  } as const;
  sandbox.faults.add({ ...fail, times: 2 });
  expect(await host.branches.defaultBranch()).toBe("main");
  sandbox.faults.add({ ...fail, times: 9 });
  await expect(host.branches.defaultBranch()).rejects.toMatchObject({ code: "GITHUB_UNAVAILABLE" });
});

test("a primary rate limit is told with the seconds until its reset", async () => {
  const { host, sandbox } = await sandboxScene();
  sandbox.faults.add({
    method: "GET",
    path: "/repos/{owner}/{repo}",
    times: 9,
    effect: { kind: "primary-limit", resetSeconds: 120 },
  });
  await expect(host.branches.defaultBranch()).rejects.toMatchObject({
    code: "GITHUB_RATE_LIMITED",
    hint: expect.stringMatching(/Wait 1[12]\d seconds/),
  });
});

test("a server that never answers is given up after ten seconds and asked again", async () => {
  const { host, sandbox } = await sandboxScene();
  sandbox.faults.add({ method: "GET", path: "/repos/{owner}/{repo}", effect: { kind: "hang", when: "before" } });
  const started = performance.now();
  expect(await host.branches.defaultBranch()).toBe("main");
  expect(performance.now() - started).toBeGreaterThan(9_000);
});
