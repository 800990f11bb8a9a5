import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runArtifacts } from "#adapters/github/artifacts";
import { type AnyOctokit, githubClient } from "#adapters/github/client";
import { gitHubHost } from "#adapters/github/code-host";
import { isOwnCheck, isOwnComment } from "#adapters/github/identity";
import { tokenOctokit } from "#adapters/github/octokit";
import { releaseStore } from "#adapters/github/release-store";
import { digestOf } from "#core/digest";
import { loopback } from "#test/support/loopback";
import { temporaryFolder } from "#test/support/temporary-folder";
import { zipOf } from "#test/support/zip";

const at = { owner: "ada", name: "models" };

test("a page of HTML with status 200 is no answer", async () => {
  const url = await loopback((_, response) => response.setHeader("content-type", "text/html").end("<h1>Login</h1>"));
  const host = gitHubHost({ octokit: tokenOctokit({ token: "secret", apiUrl: url }), ...at, login: "a" });
  await expect(host.branches.defaultBranch()).rejects.toMatchObject({ code: "GITHUB_UNAVAILABLE" });
});

test("a download that is redirected takes no token along and leaves no temporary file", async () => {
  const zip = zipOf([{ name: "a.txt", content: "x" }]);
  const tokens: (string | undefined)[] = [];
  const storage = await loopback((request, response) => {
    tokens.push(request.headers.authorization);
    response.end(zip);
  });
  const artifacts = [{ id: 5, name: "candidate", expired: false, size_in_bytes: zip.length }];
  const api = await loopback((request, response) => {
    if (request.url?.endsWith("/zip")) response.writeHead(302, { location: `${storage}/blob?sig=1` }).end();
    else response.setHeader("content-type", "application/json").end(JSON.stringify({ artifacts }));
  });
  const source = runArtifacts(githubClient({ octokit: tokenOctokit({ token: "secret", apiUrl: api }), ...at }));
  const folder = await temporaryFolder();
  expect(await source.download(1, "candidate", folder, { maxEntries: 5, maxBytes: 1_000 })).toEqual(["a.txt"]);
  expect(tokens).toEqual([undefined]);
});

test("two artifacts of one name are refused, an expired one is not there", async () => {
  let artifacts = [1, 2].map((id) => ({ id, name: "candidate", expired: false, size_in_bytes: 1 }));
  const octokit: AnyOctokit = { request: async () => ({ status: 200, headers: {}, data: { artifacts } }) };
  const source = runArtifacts(githubClient({ octokit, ...at }));
  const download = () => source.download(1, "candidate", "unused", { maxEntries: 5, maxBytes: 1_000 });
  await expect(download()).rejects.toMatchObject({ code: "ARTIFACT_REFUSED" });
  artifacts = [{ id: 1, name: "candidate", expired: true, size_in_bytes: 1 }];
  expect(await download()).toBeUndefined();
  expect(await source.names(1)).toEqual([]);
});

test("a half-uploaded asset is deleted and sent again", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "tidemark-")), "file");
  await writeFile(file, "model");
  const digest = digestOf(await readFile(file));
  const name = digest.replace(":", "-");
  const calls: string[] = [];
  const octokit: AnyOctokit = {
    request: async (route) => {
      calls.push(route.replace("/repos/{owner}/{repo}/releases", ""));
      return { status: 200, headers: {}, data: answer(route) };
    },
  };
  const answer = (route: string): unknown => {
    if (route.startsWith("POST https://uploads")) return { id: 8, name, state: "uploaded", size: 5, digest };
    if (route.endsWith("/assets")) return [{ id: 7, name, state: "starter", size: 0 }];
    return { id: 1, upload_url: "https://uploads.example/1/assets{?name,label}" };
  };
  const store = releaseStore({ octokit, ...at });
  expect(await store.has(digest)).toBe(false);
  calls.length = 0;
  await store.put(digest, file);
  expect(calls).toEqual([
    "GET /tags/{tag}",
    "GET /{release_id}/assets",
    "DELETE /assets/{asset_id}",
    "POST https://uploads.example/1/assets{?name}",
  ]);
});

test("only a bot of our name is us, and only our app's check runs are ours", () => {
  const us = { login: "tidemark[bot]", appId: 7 };
  const by = (login: string, type: string, id?: number) => ({
    user: { login, type },
    performed_via_github_app: id === undefined ? null : { id },
  });
  expect(isOwnComment(by("tidemark[bot]", "Bot", 7), us)).toBe(true);
  expect(isOwnComment(by("tidemark[bot]", "Bot"), us)).toBe(true);
  expect(isOwnComment(by("tidemark[bot]", "User"), us)).toBe(false);
  expect(isOwnComment(by("tidemark[bot]", "Bot", 8), us)).toBe(false);
  expect(isOwnComment(by("tidemark", "Bot", 7), us)).toBe(false);
  expect(isOwnComment({ user: null }, us)).toBe(false);
  expect(isOwnComment(by("ada", "User"), { login: "ada" })).toBe(true);
  expect(isOwnCheck({ app: { id: 8, slug: "tidemark" } }, us)).toBe(false);
  expect(isOwnCheck({ app: { id: 8, slug: "github-actions" } }, { login: "github-actions[bot]" })).toBe(true);
  expect(isOwnCheck({ app: { id: 8, slug: "other" } }, { login: "github-actions[bot]" })).toBe(false);
});
