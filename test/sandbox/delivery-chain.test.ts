import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
  commitOnBranch,
  here,
  octokitFor,
  openPull,
  owner,
  repo,
  withApp,
  withFolder,
  withRepository,
} from "../support/sandbox.ts";

test("a deployment reports its states, newest first", async () => {
  const { sandbox, bot, received } = await withApp();
  const create = {
    ...here,
    ref: "main",
    environment: "staging",
    required_contexts: [],
    auto_merge: false,
    payload: { digest: "sha256:1" },
  };
  const { data } = await bot.rest.repos.createDeployment(create);
  if (!("id" in data)) throw new Error("no deployment");
  const status = (state: "in_progress" | "success") =>
    bot.rest.repos.createDeploymentStatus({ ...here, deployment_id: data.id, state });
  await status("in_progress");
  await status("success");
  const statuses = await bot.rest.repos.listDeploymentStatuses({ ...here, deployment_id: data.id });
  expect(statuses.data.map(({ state }) => state)).toEqual(["success", "in_progress"]);
  const found = await bot.rest.repos.listDeployments({ ...here, environment: "staging" });
  expect(found.data[0]?.payload).toEqual({ digest: "sha256:1" });
  expect((await bot.rest.repos.listDeployments({ ...here, environment: "production" })).data).toEqual([]);
  expect((await bot.rest.repos.getAllEnvironments(here)).data.total_count).toBe(1);
  expect((await bot.rest.repos.createOrUpdateEnvironment({ ...here, environment_name: "production" })).status).toBe(
    200,
  );
  await sandbox.idle();
  expect(received.filter(({ event }) => event === "deployment_status")).toHaveLength(2);
});

test("a ref behind the default branch deploys nothing when auto_merge is on", async () => {
  const { octokit } = await withRepository();
  await openPull(octokit);
  await commitOnBranch(octokit, "main", "other.txt");
  const { status } = await octokit.rest.repos.createDeployment({ ...here, ref: "candidate" });
  expect(status).toBe(202);
  expect((await octokit.rest.repos.listDeployments(here)).data).toEqual([]);
});

test("a failing required context refuses a deployment with 409", async () => {
  const { octokit } = await withRepository();
  const deployment = octokit.rest.repos.createDeployment({ ...here, ref: "main", required_contexts: ["gate"] });
  await expect(deployment).rejects.toMatchObject({ status: 409 });
});

test("check runs complete their suite and can be asked for again", async () => {
  const { sandbox, octokit, bot, received } = await withApp();
  const { head } = await openPull(octokit);
  const { data } = await bot.rest.checks.create({ ...here, head_sha: head.sha, name: "gate", status: "in_progress" });
  const annotation = {
    path: "train.py",
    start_line: 1,
    end_line: 1,
    annotation_level: "warning",
    message: "m",
  } as const;
  const output = { title: "t", summary: "s", annotations: [annotation] };
  const update = { ...here, check_run_id: data.id, conclusion: "failure", output } as const;
  await bot.rest.checks.update(update);
  const tooMany = { ...output, annotations: new Array(51).fill(annotation) };
  await expect(bot.rest.checks.update({ ...update, output: tooMany })).rejects.toMatchObject({ status: 422 });
  expect((await bot.rest.checks.listAnnotations({ ...here, check_run_id: data.id })).data).toHaveLength(1);
  expect((await bot.rest.checks.listForRef({ ...here, ref: "candidate", check_name: "gate" })).data.total_count).toBe(
    1,
  );
  expect((await bot.rest.checks.listSuitesForRef({ ...here, ref: head.sha })).data.check_suites[0]?.conclusion).toBe(
    "failure",
  );
  await octokit.rest.checks.rerequestRun({ ...here, check_run_id: data.id });
  await sandbox.idle();
  const told = received
    .filter(({ event }) => event.startsWith("check_"))
    .map(({ event, payload }) => `${event}.${payload["action"]}`);
  expect(new Set(told)).toEqual(
    new Set([
      "check_suite.requested",
      "check_run.created",
      "check_run.completed",
      "check_suite.completed",
      "check_run.rerequested",
    ]),
  );
});

test("commit statuses combine by context", async () => {
  const { sandbox, octokit } = await withApp();
  const { head } = await openPull(octokit);
  const set = (context: string, state: "success" | "pending") =>
    octokit.rest.repos.createCommitStatus({ ...here, sha: head.sha, context, state });
  await set("a", "pending");
  await set("a", "success");
  expect((await octokit.rest.repos.getCombinedStatusForRef({ ...here, ref: head.sha })).data.state).toBe("success");
  await set("b", "pending");
  expect((await octokit.rest.repos.getCombinedStatusForRef({ ...here, ref: head.sha })).data.state).toBe("pending");
  await sandbox.idle();
});

test("a release stores assets byte for byte and refuses a second of the same name", async () => {
  const { sandbox, octokit, token } = await withApp();
  const { data: release } = await octokit.rest.repos.createRelease({ ...here, tag_name: "churn/v1", name: "Churn 1" });
  const bytes = Buffer.alloc(200_000, 7);
  const upload = () =>
    fetch(`${release.upload_url.replace(/\{.*/, "")}?name=model.bin`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
      body: bytes,
    });
  const asset = (await (await upload()).json()) as { id: number; digest: string };
  expect(asset.digest).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  expect((await upload()).status).toBe(422);
  const download = await octokit.rest.repos.getReleaseAsset({
    ...here,
    asset_id: asset.id,
    headers: { accept: "application/octet-stream" },
  });
  expect(Buffer.from(download.data as unknown as ArrayBuffer).equals(bytes)).toBe(true);
  expect((await octokit.rest.repos.getReleaseByTag({ ...here, tag: "churn/v1" })).data.id).toBe(release.id);
  expect((await octokit.rest.repos.getLatestRelease(here)).data.assets).toHaveLength(1);
  await octokit.rest.repos.updateRelease({ ...here, release_id: release.id, body: "Notes" });
  await octokit.rest.repos.deleteReleaseAsset({ ...here, asset_id: asset.id });
  expect((await octokit.rest.repos.listReleaseAssets({ ...here, release_id: release.id })).data).toEqual([]);
  await sandbox.idle();
});

async function startTraining() {
  const parts = await withApp();
  const run = parts.sandbox.startRun({
    repository: `${owner}/${repo}`,
    workflow: { path: ".github/workflows/train.yml", name: "train" },
    event: "push",
    headSha: (await parts.repository.git.branchSha("main")) ?? "",
    headBranch: "main",
    actor: owner,
    permissions: { contents: "read", actions: "read" },
  });
  return { ...parts, run };
}

test("a run is requested, in progress and completed, and its token dies with it", async () => {
  const { sandbox, octokit, run, received } = await startTraining();
  const job = octokitFor(sandbox, run.environment["GITHUB_TOKEN"]);
  expect((await job.rest.repos.get(here)).status).toBe(200);
  await expect(job.rest.issues.create({ ...here, title: "x" })).rejects.toMatchObject({ status: 403 });
  await run.complete("success");
  await sandbox.idle();
  const actions = received.filter(({ event }) => event === "workflow_run").map(({ payload }) => payload["action"]);
  expect(actions.sort()).toEqual(["completed", "in_progress", "requested"]);
  await expect(job.rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
  const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({ ...here, event: "push" });
  expect(data.workflow_runs[0]).toMatchObject({ id: run.id, conclusion: "success" });
  expect((await octokit.rest.actions.getWorkflow({ ...here, workflow_id: "train.yml" })).data.name).toBe("train");
});

const UPLOAD = `
import { DefaultArtifactClient } from "@actions/artifact";
const client = new DefaultArtifactClient();
const [folder] = process.argv.slice(1);
const { id, digest } = await client.uploadArtifact("candidate", [folder + "/model.bin"], folder);
const { artifacts } = await client.listArtifacts();
const { downloadPath } = await client.downloadArtifact(id, { path: folder + "/down" });
await client.uploadArtifact("second", [folder + "/model.bin"], folder);
await client.deleteArtifact("second");
process.stderr.write(JSON.stringify({ id, digest, names: artifacts.map((artifact) => artifact.name), downloadPath }));
`;

test("the real @actions/artifact uploads, lists, downloads and deletes", async () => {
  const { octokit, run } = await startTraining();
  const folder = await withFolder();
  const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251));
  await writeFile(join(folder, "model.bin"), bytes);
  const env = { ...run.environment, PATH: process.env["PATH"], GITHUB_WORKSPACE: folder };
  const args = ["--input-type=module", "--eval", UPLOAD, folder];
  const { stderr } = await promisify(execFile)(process.execPath, args, { env });
  const outcome = JSON.parse(stderr.slice(stderr.indexOf("{"))) as { id: number; digest: string; names: string[] };
  expect(outcome.names).toEqual(["candidate"]);
  expect((await readFile(join(folder, "down", "model.bin"))).equals(bytes)).toBe(true);
  const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({ ...here, run_id: run.id });
  expect(data.artifacts[0]).toMatchObject({ name: "candidate", digest: `sha256:${outcome.digest}` });
  const zip = await octokit.rest.actions.downloadArtifact({ ...here, artifact_id: outcome.id, archive_format: "zip" });
  expect(
    createHash("sha256")
      .update(Buffer.from(zip.data as ArrayBuffer))
      .digest("hex"),
  ).toBe(outcome.digest);
  expect((await octokit.rest.actions.listArtifactsForRepo({ ...here, name: "candidate" })).data.total_count).toBe(1);
});

test("dispatches reach the runner even when a job sends them", async () => {
  const { sandbox, octokit, run } = await startTraining();
  const heard: unknown[] = [];
  sandbox.on((event) => {
    if (event.name.endsWith("_dispatch")) heard.push([event.name, event.causedByJobToken]);
  });
  await octokit.rest.actions.createWorkflowDispatch({
    ...here,
    workflow_id: "train.yml",
    ref: "main",
    inputs: { seed: "1" },
  });
  await octokit.rest.repos.createDispatchEvent({ ...here, event_type: "retrain", client_payload: { model: "churn" } });
  const job = octokitFor(sandbox, run.environment["GITHUB_TOKEN"]);
  const tooMany = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, index]));
  await expect(
    octokit.request("POST /repos/{owner}/{repo}/dispatches", { ...here, event_type: "x", client_payload: tooMany }),
  ).rejects.toMatchObject({ status: 422 });
  await expect(job.rest.repos.createDispatchEvent({ ...here, event_type: "x" })).rejects.toMatchObject({ status: 403 });
  expect(heard).toEqual([
    ["workflow_dispatch", undefined],
    ["repository_dispatch", undefined],
  ]);
});
