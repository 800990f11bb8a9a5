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

test("files are read, written and deleted with the sha as lock", async () => {
  const { octokit } = await withRepository();
  const path = "models/über model.txt";
  const content = Buffer.from("one\n").toString("base64");
  const put = await octokit.rest.repos.createOrUpdateFileContents({ ...here, path, content, message: "Add" });
  const sha = put.data.content?.sha ?? "";
  const stale = octokit.rest.repos.createOrUpdateFileContents({
    ...here,
    path,
    content,
    message: "x",
    sha: "0".repeat(40),
  });
  await expect(stale).rejects.toMatchObject({ status: 409 });
  expect((await octokit.rest.repos.getContent({ ...here, path: "models" })).data).toMatchObject([
    { name: "über model.txt", type: "file", size: 4 },
  ]);
  const raw = await octokit.rest.repos.getContent({ ...here, path, mediaType: { format: "raw" } });
  expect(String(raw.data)).toBe("one\n");
  await octokit.rest.repos.deleteFile({ ...here, path, message: "Remove", sha });
  await expect(octokit.rest.repos.getContent({ ...here, path })).rejects.toMatchObject({ status: 404 });
});

test("a file is not written to a branch that does not exist", async () => {
  const { octokit } = await withRepository();
  const wish = { ...here, path: "a.txt", message: "m", content: "YQ==", branch: "missing" };
  await expect(octokit.rest.repos.createOrUpdateFileContents(wish)).rejects.toMatchObject({ status: 404 });
});

test("only one of two writers creates a ref", async () => {
  const { octokit } = await withRepository();
  const { data } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  const create = () => octokit.rest.git.createRef({ ...here, ref: "refs/tidemark/lock", sha: data.object.sha });
  const outcomes = await Promise.allSettled([create(), create(), create()]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(create()).rejects.toThrow(/Reference already exists/);
  expect((await octokit.rest.git.listMatchingRefs({ ...here, ref: "tidemark/" })).data).toHaveLength(1);
  await octokit.rest.git.deleteRef({ ...here, ref: "tidemark/lock" });
  await expect(octokit.rest.git.getRef({ ...here, ref: "tidemark/lock" })).rejects.toMatchObject({ status: 404 });
});

test("a commit is built from blobs and trees, and a ref moves only forward", async () => {
  const { octokit } = await withRepository();
  const { data: main } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  const parent = main.object.sha;
  const { data: blob } = await octokit.rest.git.createBlob({ ...here, content: "aGk=", encoding: "base64" });
  expect((await octokit.rest.git.getBlob({ ...here, file_sha: blob.sha })).data.content).toBe("aGk=");
  const { data: base } = await octokit.rest.git.getCommit({ ...here, commit_sha: parent });
  const tree = await octokit.rest.git.createTree({
    ...here,
    base_tree: base.tree.sha,
    tree: [
      { path: "a/b.txt", mode: "100644", type: "blob", sha: blob.sha },
      { path: "train.py", mode: "100644", type: "blob", sha: null },
    ],
  });
  const commit = await octokit.rest.git.createCommit({
    ...here,
    message: "Built",
    tree: tree.data.sha,
    parents: [parent],
  });
  await octokit.rest.git.updateRef({ ...here, ref: "heads/main", sha: commit.data.sha });
  await expect(octokit.rest.git.updateRef({ ...here, ref: "heads/main", sha: parent })).rejects.toThrow(
    /not a fast forward/,
  );
  const { data } = await octokit.rest.git.getTree({ ...here, tree_sha: "main", recursive: "1" });
  expect(data.tree.map(({ path }) => path)).toEqual(["README.md", "a", "a/b.txt"]);
});

test("comparing two branches tells commits and files apart", async () => {
  const { octokit } = await withRepository();
  await openPull(octokit);
  await commitOnBranch(octokit, "main", "other.txt");
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...here, basehead: "main...candidate" });
  expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
  expect(data.files?.map(({ filename }) => filename)).toEqual(["model.txt"]);
  const head = data.commits[0]?.sha ?? "";
  expect(
    (await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: head })).data,
  ).toHaveLength(1);
  expect((await octokit.rest.repos.getCommit({ ...here, ref: "candidate" })).data.files).toHaveLength(1);
  expect((await octokit.rest.repos.listCommits({ ...here, sha: "candidate" })).data).toHaveLength(2);
});

test("branches, permissions and protection are told", async () => {
  const { sandbox, octokit } = await withRepository();
  sandbox.createUser({ login: "grace" });
  sandbox.addCollaborator(`${owner}/${repo}`, "grace", "maintain");
  const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...here, username: "grace" });
  expect(data).toMatchObject({ permission: "write", role_name: "maintain" });
  await octokit.rest.repos.updateBranchProtection({
    ...here,
    branch: "main",
    required_status_checks: { strict: false, contexts: [], checks: [{ context: "gate" }] },
    required_pull_request_reviews: { required_approving_review_count: 2 },
    enforce_admins: true,
    restrictions: null,
  });
  const { data: rules } = await octokit.rest.repos.getBranchProtection({ ...here, branch: "main" });
  expect(rules.required_pull_request_reviews?.required_approving_review_count).toBe(2);
  expect((await octokit.rest.repos.getBranch({ ...here, branch: "main" })).data.protected).toBe(true);
  expect((await octokit.rest.repos.listBranches(here)).data).toHaveLength(1);
  expect((await octokit.rest.users.getAuthenticated()).data.login).toBe(owner);
  expect((await octokit.rest.rateLimit.get()).status).toBe(200);
  expect((await octokit.rest.meta.get()).status).toBe(200);
});

test("lists come in pages that link to each other", async () => {
  const { octokit } = await withRepository();
  const { data: issue } = await octokit.rest.issues.create({ ...here, title: "Drift" });
  for (let index = 0; index < 5; index += 1) {
    await octokit.rest.issues.createComment({ ...here, issue_number: issue.number, body: `${index}` });
  }
  const list = { ...here, issue_number: issue.number, per_page: 2 };
  const first = await octokit.rest.issues.listComments(list);
  expect(first.headers.link).toContain('rel="next"');
  const all = await octokit.paginate(octokit.rest.issues.listComments, list);
  expect(all.map(({ body }) => body)).toEqual(["0", "1", "2", "3", "4"]);
});

test("an unchanged answer is 304", async () => {
  const { octokit } = await withRepository();
  const { headers } = await octokit.rest.repos.get(here);
  const again = octokit.rest.repos.get({ ...here, headers: { "if-none-match": headers.etag } });
  await expect(again).rejects.toMatchObject({ status: 304 });
});

test("a comment over 65,536 characters is refused", async () => {
  const { octokit } = await withRepository();
  const { data } = await octokit.rest.issues.create({ ...here, title: "Drift", labels: ["drift"] });
  const comment = octokit.rest.issues.createComment({ ...here, issue_number: data.number, body: "x".repeat(65_537) });
  await expect(comment).rejects.toMatchObject({ status: 422, message: expect.stringContaining("body is too long") });
});

test("issues are found by label and closed with a reason", async () => {
  const { sandbox, octokit } = await withApp();
  const { data } = await octokit.rest.issues.create({ ...here, title: "Drift", labels: ["drift"] });
  await octokit.rest.issues.create({ ...here, title: "Other" });
  expect((await octokit.rest.issues.listForRepo({ ...here, labels: "drift" })).data).toHaveLength(1);
  await octokit.rest.issues.update({
    ...here,
    issue_number: data.number,
    state: "closed",
    state_reason: "not_planned",
  });
  expect((await octokit.rest.issues.get({ ...here, issue_number: data.number })).data.state_reason).toBe("not_planned");
  await sandbox.idle();
});

test("a command is acknowledged by one reaction, however often it is sent", async () => {
  const { octokit } = await withRepository();
  const { data: issue } = await octokit.rest.issues.create({ ...here, title: "Drift" });
  const { data: comment } = await octokit.rest.issues.createComment({
    ...here,
    issue_number: issue.number,
    body: "/model promote",
  });
  const react = () =>
    octokit.rest.reactions.createForIssueComment({ ...here, comment_id: comment.id, content: "rocket" });
  await react();
  expect(Number((await react()).status)).toBe(200);
  expect((await octokit.rest.reactions.listForIssueComment({ ...here, comment_id: comment.id })).data).toHaveLength(1);
});

test("names that would leave the folder are refused", async () => {
  const { sandbox } = await withRepository();
  await expect(sandbox.createRepository({ owner: "..", name: "x" })).rejects.toThrow(/no repository name/);
  await expect(sandbox.createRepository({ owner: "ada", name: "../../x" })).rejects.toThrow(/no repository name/);
  expect((await fetch(`${sandbox.url}/repos/ada/models/contents/..%2f..%2fconfig`)).status).toBe(404);
});

test("the whole API is also served below /api/v3", async () => {
  const { sandbox } = await withRepository();
  const octokit = octokitFor({ ...sandbox, url: `${sandbox.url}/api/v3` });
  expect((await octokit.rest.repos.get(here)).data.full_name).toBe("ada/models");
  expect(sandbox.calls.count()).toEqual({ "GET /repos/{owner}/{repo}": 1 });
});
