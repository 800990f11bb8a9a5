import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  git,
  here,
  openPull,
  owner,
  remoteUrl,
  repo,
  withApp,
  withFolder,
  withRepository,
} from "../support/sandbox.ts";

async function clone(url: string, branch = "main"): Promise<string> {
  const folder = await withFolder();
  await git(folder, ["clone", "--quiet", "--branch", branch, url, "clone"]);
  return join(folder, "clone");
}

async function commitFile(folder: string, name: string): Promise<string> {
  await writeFile(join(folder, name), `${name}\n`);
  await git(folder, ["add", name]);
  await git(folder, ["commit", "--quiet", "-m", `Add ${name}`]);
  return (await git(folder, ["rev-parse", "HEAD"])).trim();
}

test("anyone clones a public repository", async () => {
  const { sandbox } = await withRepository();
  const folder = await clone(remoteUrl(sandbox));
  expect(await git(folder, ["log", "--format=%s"])).toBe("Initial commit\n");
});

test("a push by git moves the pull request's head and delivers pull_request.synchronize", async () => {
  const { sandbox, token, octokit, received } = await withApp();
  const pull = await openPull(octokit);
  const folder = await clone(remoteUrl(sandbox, token), "candidate");
  const pushed = await commitFile(folder, "weights.txt");
  await git(folder, ["push", "--quiet", "origin", "candidate"]);
  await sandbox.idle();
  const { data } = await octokit.rest.pulls.get({ ...here, pull_number: pull.number });
  expect(data.head.sha).toBe(pushed);
  const synchronize = received.find(({ payload }) => payload["action"] === "synchronize");
  expect(synchronize?.payload).toMatchObject({ before: pull.head.sha, after: pushed, number: pull.number });
});

test("a push without a token is asked for one", async () => {
  const { sandbox } = await withRepository();
  const folder = await clone(remoteUrl(sandbox));
  await commitFile(folder, "x");
  await expect(git(folder, ["push", "origin", "main"])).rejects.toThrow(/could not read Username|Authentication/);
  expect((await fetch(`${remoteUrl(sandbox)}/info/refs?service=git-receive-pack`)).status).toBe(401);
});

test("a push by someone who may only read is refused with 403", async () => {
  const { sandbox } = await withRepository();
  const { token } = sandbox.createUser({ login: "eve" });
  const folder = await clone(remoteUrl(sandbox, token));
  await commitFile(folder, "x");
  await expect(git(folder, ["push", "origin", "main"])).rejects.toThrow(/403/);
});

test("a private repository does not exist for a stranger's git", async () => {
  const { sandbox } = await withRepository({ private: true });
  const { token } = sandbox.createUser({ login: "eve" });
  await expect(clone(remoteUrl(sandbox, token))).rejects.toThrow(/not found/);
});

test("a job's own push is marked, since it must not start another workflow", async () => {
  const { sandbox, repository } = await withRepository();
  const causes: (boolean | undefined)[] = [];
  sandbox.on((event) => {
    if (event.name === "push") causes.push(event.causedByJobToken);
  });
  const run = sandbox.startRun({
    repository: `${owner}/${repo}`,
    workflow: { path: ".github/workflows/train.yml", name: "train" },
    event: "push",
    headSha: (await repository.git.branchSha("main")) ?? "",
    headBranch: "main",
    actor: owner,
    permissions: { contents: "write" },
  });
  const folder = await clone(remoteUrl(sandbox, run.environment["GITHUB_TOKEN"]));
  await commitFile(folder, "x");
  await git(folder, ["push", "--quiet", "origin", "main"]);
  expect(causes).toEqual([true]);
});

test("deleting a branch by git closes its pull request", async () => {
  const { sandbox, token, octokit } = await withRepository();
  const pull = await openPull(octokit);
  const folder = await clone(remoteUrl(sandbox, token));
  await git(folder, ["push", "--quiet", "origin", ":candidate"]);
  expect((await octokit.rest.pulls.get({ ...here, pull_number: pull.number })).data.state).toBe("closed");
});
