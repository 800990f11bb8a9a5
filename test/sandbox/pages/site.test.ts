import { expect, test } from "vitest";
import { commitOnBranch, here, owner, repo } from "#test/support/sandbox";
import { activeParts } from "./active-parts.ts";
import { busyPull, read, startedRun, withPages } from "./site-scene.ts";

const home = `/${owner}/${repo}`;

test("the home page lists the repositories", async () => {
  const { sandbox } = await withPages();
  const { response, text } = await read(sandbox, "/");
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  expect(response.headers.get("content-security-policy")).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  );
  expect(text).toContain(`href="${home}"`);
});

test("a pull request shows its conversation, checks, deployment, commit and file", async () => {
  const scene = await withPages();
  const { pull, sha } = await busyPull(scene, "churn");
  const { status, text } = await read(scene.sandbox, new URL(pull.html_url).pathname);
  expect(status).toBe(200);
  for (const part of ["Promote churn", "Body churn", "Comment churn", "Review churn", "🚀 1", ">model</span>"]) {
    expect(text).toContain(part);
  }
  for (const part of ["gate / churn", "Title churn", "Summary churn", "ci/build", "1 check of 2 failed"]) {
    expect(text).toContain(part);
  }
  for (const part of ["staging", "Serves churn", "https://churn.example/", "2 status changes"]) {
    expect(text).toContain(part);
  }
  for (const part of ["Add model.txt", sha.slice(0, 7), "model.txt", "candidate model.txt"]) {
    expect(text).toContain(part);
  }
});

test("a required check that has not reported is awaited", async () => {
  const scene = await withPages();
  const { pull } = await busyPull(scene, "churn");
  const requiredChecks = [{ context: "gate / churn", appId: scene.app.id }, { context: "gate / fraud" }];
  scene.sandbox.protectBranch(`${owner}/${repo}`, "main", { requiredChecks });
  const { text } = await read(scene.sandbox, `${home}/pull/${pull.number}`);
  expect(text).toContain("<strong>gate / fraud</strong>");
  expect(text.match(/>Required</g)).toHaveLength(2);
});

test("a merged pull request keeps its commits and files", async () => {
  const scene = await withPages();
  const { pull } = await busyPull(scene, "churn");
  await scene.octokit.rest.pulls.merge({ ...here, pull_number: pull.number });
  const { text } = await read(scene.sandbox, `${home}/pull/${pull.number}`);
  expect(text).toContain(">Merged</span>");
  expect(text).toContain("merged 1 commit into");
  expect(text).toContain("candidate model.txt");
});

test("a hidden comment is folded and says why", async () => {
  const scene = await withPages();
  const { pull, comment } = await busyPull(scene, "churn");
  const query = "mutation ($input: MinimizeCommentInput!) { minimizeComment(input: $input) { clientMutationId } }";
  await scene.octokit.graphql(query, { input: { subjectId: comment.node_id, classifier: "OUTDATED" } });
  const { text } = await read(scene.sandbox, `${home}/pull/${pull.number}`);
  expect(text).toContain("This comment was marked as outdated.");
});

test("a run shows its steps, logs and the summaries of its job", async () => {
  const scene = await withPages();
  const { sha } = await busyPull(scene, "churn");
  const run = startedRun(scene.sandbox, sha);
  run.record({ name: "train", exitCode: 0, seconds: 2.345, log: "epoch 1\n", summary: "## Trained\n" });
  const log = "::add-mask::hunter2\npassword hunter2\n::error::recall fell\n";
  run.record({ name: "gate", exitCode: 1, seconds: 0.04, log, summary: "| recall |\n|--|\n| 0.71 |\n" });
  await run.complete("failure");
  const { status, text } = await read(scene.sandbox, `${home}/actions/runs/${run.id}`);
  expect(status).toBe(200);
  for (const part of ["Model gate", "train", "2.3 s", "epoch 1", "<h2>Trained</h2>", "<td>0.71</td>"]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('<li class="error">Error: recall fell</li>');
  expect(text).toContain("password ***");
  expect(text).not.toContain("hunter2");
});

test("the repository shows what happened in it", async () => {
  const scene = await withPages();
  const { sha } = await busyPull(scene, "churn");
  startedRun(scene.sandbox, sha);
  await scene.octokit.rest.repos.createRelease({ ...here, tag_name: "churn-v3", body: "Third *model*" });
  const { text } = await read(scene.sandbox, home);
  for (const part of ["Promote churn", "Model gate", "staging", "churn-v3", "<em>model</em>", "What serves is in"]) {
    expect(text).toContain(part);
  }
  expect(text.indexOf(">main</code>")).toBeLessThan(text.indexOf("README"));
  expect((await read(scene.sandbox, `${home}/deployments`)).text).toContain("Serves churn");
});

test("a release's file is downloaded where its address says, unless the repository is private", async () => {
  const upload = async (options: { private?: boolean }) => {
    const { sandbox, octokit, token } = await withPages(options);
    const { data: release } = await octokit.rest.repos.createRelease({ ...here, tag_name: "churn/v3" });
    const address = `${release.upload_url.replace(/\{.*/, "")}?name=model.bin`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "text/html" };
    const uploaded = await fetch(address, { method: "POST", headers, body: "<script>" });
    const { browser_download_url } = (await uploaded.json()) as { browser_download_url: string };
    return { page: await read(sandbox, home), url: browser_download_url, file: await fetch(browser_download_url) };
  };
  const { page, url, file } = await upload({});
  expect(page.text).toContain(`href="${url}"`);
  expect(file.headers.get("content-type")).toBe("application/octet-stream");
  expect(await file.text()).toBe("<script>");
  expect((await upload({ private: true })).file.status).toBe(404);
});

test("a file is shown as text, from a branch with slashes too", async () => {
  const { sandbox, octokit } = await withPages();
  await commitOnBranch(octokit, "promote/churn/v3", "model.txt");
  const { text } = await read(sandbox, `${home}/blob/main/registry/churn.yaml`);
  expect(text).toContain("note: &lt;b&gt;not bold&lt;/b&gt;");
  expect((await read(sandbox, `${home}/blob/promote/churn/v3/model.txt`)).text).toContain("promote/churn/v3 model.txt");
  for (const place of ["main", "main/registry", "main/none.txt", "HEAD%5E/README.md", "main/%E0%A4", "-x/README.md"]) {
    expect((await read(sandbox, `${home}/blob/${place}`)).status).toBe(404);
  }
});

test("addresses without a page of their own lead to the page that has the thing", async () => {
  const scene = await withPages();
  const { pull, sha } = await busyPull(scene, "churn");
  const moved = {
    [`/issues/${pull.number}`]: `/pull/${pull.number}`,
    [`/pull/${pull.number}/files`]: `/pull/${pull.number}#files`,
    "/pulls": "#pull-requests",
    "/actions": "#workflow-runs",
    "/releases/tag/v1": "#releases",
    [`/commit/${sha}`]: "",
  };
  for (const [from, to] of Object.entries(moved)) {
    const { response } = await read(scene.sandbox, `${home}${from}`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, `${home}${to}`]);
  }
});

const ATTACKS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))"];

test.each(ATTACKS)("the text %s is inert on every page", async (attack) => {
  const scene = await withPages();
  const { pull, sha } = await busyPull(scene, attack);
  const run = startedRun(scene.sandbox, sha);
  run.record({ name: attack, exitCode: 1, seconds: 1, log: attack, summary: attack });
  const places = ["", `/pull/${pull.number}`, `/actions/runs/${run.id}`, "/deployments", "/blob/main/README.md"];
  for (const place of places) {
    const { status, text } = await read(scene.sandbox, `${home}${place}`);
    expect(status).toBe(200);
    expect(activeParts(text)).toEqual([]);
  }
  expect(activeParts((await read(scene.sandbox, `/${encodeURIComponent(attack)}`)).text)).toEqual([]);
});

test("unknown pages are 404", async () => {
  const { sandbox } = await withPages();
  const unknown = ["/nobody/nothing", "/ada", `${home}/pull/99`, `${home}/pull/x`, `${home}/actions/runs/1`];
  for (const path of [...unknown, `${home}/wiki`, "/nobody/nothing/pulls", `${home}/releases/download/v1/x`]) {
    const { status, text } = await read(sandbox, path);
    expect(status).toBe(404);
    expect(text).toContain("Page not found");
  }
});

test("REST answers JSON as it does without pages", async () => {
  const { sandbox, octokit } = await withPages();
  expect((await octokit.rest.repos.get(here)).data.full_name).toBe(`${owner}/${repo}`);
  const browser = await fetch(`${sandbox.url}/repos${home}`, { headers: { accept: "text/html" } });
  expect(await browser.json()).toMatchObject({ full_name: `${owner}/${repo}` });
  for (const path of ["/", home]) {
    await expect(octokit.request(`GET ${path}`)).rejects.toMatchObject({
      status: 404,
      response: { data: { message: "Not Found", status: "404" } },
    });
  }
  const posted = await fetch(`${sandbox.url}${home}`, { method: "POST" });
  expect([posted.status, await posted.json()]).toMatchObject([404, { message: "Not Found" }]);
});
