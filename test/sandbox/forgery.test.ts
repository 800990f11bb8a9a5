import { expect, test } from "vitest";
import { here, openPull, owner, repo, withApp, withRepository } from "../support/sandbox.ts";

test("a blob's address opens nothing without its signature", async () => {
  const { sandbox, octokit, token } = await withRepository();
  const { data: release } = await octokit.rest.repos.createRelease({ ...here, tag_name: "v1" });
  const headers = { authorization: `Bearer ${token}` };
  const address = `${release.upload_url.replace(/\{.*/, "")}?name=a.bin`;
  const upload = await fetch(address, { method: "POST", headers, body: "bytes" });
  const { url } = (await upload.json()) as { url: string };
  const accept = { ...headers, accept: "application/octet-stream" };
  const { headers: answer } = await fetch(url, { headers: accept, redirect: "manual" });
  const signed = new URL(answer.get("location") ?? "");
  expect(await (await fetch(signed)).text()).toBe("bytes");
  expect((await fetch(signed, { method: "PUT", body: "other" })).status).toBe(403);
  signed.searchParams.set("sig", "forged");
  expect((await fetch(signed)).status).toBe(403);
  expect(sandbox.calls.count()["GET /repos/{owner}/{repo}/releases/assets/{asset_id}"]).toBe(1);
});

test("paths that climb out of a repository reach no file", async () => {
  const { sandbox } = await withRepository();
  for (const path of ["..%2f..%2fx.git/info/refs", "ada/..%2f..%2fetc.git/info/refs", "ada/models.git/../../HEAD"]) {
    const { status } = await fetch(`${sandbox.url}/${path}?service=git-upload-pack`);
    expect([401, 404]).toContain(status);
  }
});

test("a runtime token of no run is refused by the artifact service", async () => {
  const { sandbox } = await withRepository();
  const address = `${sandbox.url}/twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts`;
  const claims = Buffer.from(JSON.stringify({ scp: "Actions.Results:other:job" })).toString("base64url");
  const headers = { authorization: `Bearer x.${claims}.y`, "content-type": "application/json" };
  const body = JSON.stringify({ workflow_run_backend_id: "other", workflow_job_run_backend_id: "job" });
  expect((await fetch(address, { method: "POST", headers, body })).status).toBe(401);
});

test("what one app asks for is not sent to another", async () => {
  const { sandbox, octokit, bot, received } = await withApp();
  const webhook = { url: "http://127.0.0.1:1/", secret: "s" };
  const events = ["check_run", "check_suite"];
  const other = sandbox.createApp({ slug: "other", permissions: { checks: "write" }, events, webhook });
  sandbox.installApp(other.id, `${owner}/${repo}`);
  const { head } = await openPull(octokit);
  await bot.rest.checks.create({ ...here, head_sha: head.sha, name: "gate" });
  await sandbox.idle();
  const suites = received.filter(({ event, payload }) => event === "check_suite" && payload["action"] === "requested");
  const owners = suites.map(({ payload }) => (payload["check_suite"] as { app: { slug: string } }).app.slug);
  expect(new Set(owners)).toEqual(new Set(["tidemark"]));
});
