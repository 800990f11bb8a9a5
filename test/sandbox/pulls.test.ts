import { expect, test } from "vitest";
import {
  commitOnBranch,
  here,
  octokitFor,
  openPull,
  owner,
  repo,
  withApp,
  withRepository,
} from "../support/sandbox.ts";

test("a pull request shows its files, commits and mergeability", async () => {
  const { octokit } = await withRepository();
  const pull = await openPull(octokit);
  const at = { ...here, pull_number: pull.number };
  const { data } = await octokit.rest.pulls.get(at);
  expect(data).toMatchObject({ mergeable: true, mergeable_state: "clean", changed_files: 1, commits: 1, additions: 1 });
  expect((await octokit.rest.pulls.listFiles(at)).data[0]).toMatchObject({ filename: "model.txt", status: "added" });
  expect((await octokit.rest.pulls.listCommits(at)).data[0]?.commit.message).toBe("Add model.txt");
  expect((await octokit.rest.pulls.list({ ...here, head: `${owner}:candidate` })).data).toHaveLength(1);
  const diff = await octokit.rest.pulls.get({ ...at, mediaType: { format: "diff" } });
  expect(String(diff.data)).toContain("+candidate model.txt");
});

test.each(["merge", "squash", "rebase"] as const)("a %s lands in the base branch", async (method) => {
  const { octokit, repository } = await withRepository();
  const pull = await openPull(octokit);
  await commitOnBranch(octokit, "candidate", "second.txt");
  await commitOnBranch(octokit, "main", "meanwhile.txt");
  const { data } = await octokit.rest.pulls.merge({ ...here, pull_number: pull.number, merge_method: method });
  expect(await repository.git.branchSha("main")).toBe(data.sha);
  const { entries } = (await repository.git.tree("refs/heads/main")) ?? { entries: [] };
  expect(entries.map(({ path }) => path)).toEqual([
    "README.md",
    "meanwhile.txt",
    "model.txt",
    "second.txt",
    "train.py",
  ]);
  const commit = await repository.git.knownCommit(data.sha);
  expect(commit.parents).toHaveLength(method === "merge" ? 2 : 1);
  expect((await octokit.rest.pulls.get({ ...here, pull_number: pull.number })).data.merged).toBe(true);
});

test("merging with a stale sha answers 409", async () => {
  const { octokit } = await withRepository();
  const pull = await openPull(octokit);
  await commitOnBranch(octokit, "candidate", "later.txt");
  const merge = octokit.rest.pulls.merge({ ...here, pull_number: pull.number, sha: pull.head.sha });
  await expect(merge).rejects.toMatchObject({ status: 409 });
});

test("a conflict makes a pull request unmergeable", async () => {
  const { octokit } = await withRepository();
  const pull = await openPull(octokit);
  await octokit.rest.repos.createOrUpdateFileContents({
    ...here,
    branch: "main",
    path: "model.txt",
    message: "Other",
    content: Buffer.from("other\n").toString("base64"),
  });
  const { data } = await octokit.rest.pulls.get({ ...here, pull_number: pull.number });
  expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
  await expect(octokit.rest.pulls.merge({ ...here, pull_number: pull.number })).rejects.toMatchObject({ status: 405 });
});

test("a merge waits for the required check of the right app and for an approval", async () => {
  const { sandbox, octokit, bot, app } = await withApp();
  const pull = await openPull(octokit);
  sandbox.protectBranch(`${owner}/${repo}`, "main", {
    requiredChecks: [{ context: "tidemark / churn", appId: app.id }],
    requiredApprovals: 1,
  });
  const merge = () => octokit.rest.pulls.merge({ ...here, pull_number: pull.number });
  await octokit.rest.repos.createCommitStatus({
    ...here,
    sha: pull.head.sha,
    context: "tidemark / churn",
    state: "success",
  });
  await expect(merge()).rejects.toMatchObject({ status: 405 });
  await bot.rest.checks.create({ ...here, head_sha: pull.head.sha, name: "tidemark / churn", conclusion: "success" });
  await expect(merge()).rejects.toThrow(/approving review/);
  const reviewer = sandbox.createUser({ login: "grace" });
  sandbox.addCollaborator(`${owner}/${repo}`, "grace", "write");
  const grace = octokitFor(sandbox, reviewer.token);
  await grace.rest.pulls.createReview({ ...here, pull_number: pull.number, event: "APPROVE" });
  expect((await merge()).data.merged).toBe(true);
});

test("a dismissed approval counts no longer", async () => {
  const { sandbox, octokit } = await withRepository();
  const pull = await openPull(octokit);
  const at = { ...here, pull_number: pull.number };
  sandbox.protectBranch(`${owner}/${repo}`, "main", { requiredApprovals: 1 });
  const { token } = sandbox.createUser({ login: "grace" });
  sandbox.addCollaborator(`${owner}/${repo}`, "grace", "write");
  const review = await octokitFor(sandbox, token).rest.pulls.createReview({ ...at, event: "APPROVE" });
  await octokit.rest.pulls.dismissReview({ ...at, review_id: review.data.id, message: "Too early" });
  await expect(octokit.rest.pulls.merge(at)).rejects.toMatchObject({ status: 405 });
  expect((await octokit.rest.pulls.listReviews(at)).data[0]?.state).toBe("DISMISSED");
});

test("a branch without new commits opens no pull request, and no branch opens two", async () => {
  const { octokit } = await withRepository();
  const { data: main } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  await octokit.rest.git.createRef({ ...here, ref: "refs/heads/same", sha: main.object.sha });
  const open = (head: string) => octokit.rest.pulls.create({ ...here, head, base: "main", title: "t" });
  await expect(open("same")).rejects.toThrow(/No commits between main and same/);
  await openPull(octokit);
  await expect(open("candidate")).rejects.toThrow(/already exists/);
});

test("editing, closing and reopening a pull request is told to the app", async () => {
  const { sandbox, octokit, received } = await withApp();
  const { number } = await openPull(octokit);
  const update = (change: object) => octokit.rest.pulls.update({ ...here, pull_number: number, ...change });
  await update({ title: "Another title", body: "Words" });
  await update({ state: "closed" });
  await update({ state: "open" });
  await octokit.rest.issues.addLabels({ ...here, issue_number: number, labels: ["model"] });
  await octokit.rest.issues.removeLabel({ ...here, issue_number: number, name: "model" });
  await sandbox.idle();
  const actions = received.filter(({ event }) => event === "pull_request").map(({ payload }) => payload["action"]);
  expect(actions.sort()).toEqual(["closed", "edited", "labeled", "opened", "reopened", "unlabeled"]);
});

test("reviewers are asked by name", async () => {
  const { sandbox, octokit } = await withApp();
  sandbox.createUser({ login: "grace" });
  const { number } = await openPull(octokit);
  await octokit.rest.pulls.requestReviewers({ ...here, pull_number: number, reviewers: ["grace"] });
  const { data } = await octokit.rest.pulls.listRequestedReviewers({ ...here, pull_number: number });
  expect(data.users.map(({ login }) => login)).toEqual(["grace"]);
});
