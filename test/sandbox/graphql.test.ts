import { expect, test } from "vitest";
import { commitOnBranch, here, openPull, owner, repo, withApp } from "../support/sandbox.ts";

const COMMIT = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid url } } }`;

test("a commit by GraphQL lands only on the head it expects", async () => {
  const { bot, repository } = await withApp();
  const expectedHeadOid = await repository.git.branchSha("main");
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: "main" },
    expectedHeadOid,
    message: { headline: "Promote" },
    fileChanges: { additions: [{ path: "registry/churn.yaml", contents: "YQ==" }], deletions: [{ path: "train.py" }] },
  };
  const data = await bot.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(COMMIT, { input });
  expect(data.createCommitOnBranch.commit.oid).toBe(await repository.git.branchSha("main"));
  await expect(bot.graphql(COMMIT, { input })).rejects.toThrow(/Expected branch to point to/);
});

test("auto-merge waits for the required check", async () => {
  const { sandbox, octokit, bot, app } = await withApp();
  sandbox.protectBranch(`${owner}/${repo}`, "main", { requiredChecks: [{ context: "gate", appId: app.id }] });
  const pull = await openPull(octokit);
  const mutation = `mutation ($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { clientMutationId } }`;
  await octokit.graphql(mutation, { input: { pullRequestId: pull.node_id, mergeMethod: "SQUASH" } });
  await bot.rest.checks.create({ ...here, head_sha: pull.head.sha, name: "gate", conclusion: "success" });
  await sandbox.idle();
  expect((await octokit.rest.pulls.get({ ...here, pull_number: pull.number })).data.merged).toBe(true);
});

test("a comment is minimized by its node id", async () => {
  const { octokit, bot, repository } = await withApp();
  const { number } = await openPull(octokit);
  const { data } = await bot.rest.issues.createComment({ ...here, issue_number: number, body: "Old" });
  const mutation = `mutation ($input: MinimizeCommentInput!) { minimizeComment(input: $input) { minimizedComment { isMinimized } } }`;
  await bot.graphql(mutation, { input: { subjectId: data.node_id, classifier: "OUTDATED" } });
  expect(repository.comments.get(data.id)?.minimizedReason).toBe("outdated");
});

test("the viewer is who the token says, and other fields are a GraphQL error", async () => {
  const { octokit, bot } = await withApp();
  expect(await octokit.graphql("query { viewer { login } }")).toMatchObject({ viewer: { login: owner } });
  expect(await bot.graphql("query { viewer { login } }")).toMatchObject({ viewer: { login: "tidemark[bot]" } });
  await expect(octokit.graphql("query { licenses { name } }")).rejects.toThrow(/not served/);
  await commitOnBranch(octokit, "main");
});
