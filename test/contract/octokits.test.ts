import { getOctokit } from "@actions/github";
import { Octokit } from "@octokit/rest";
import { ProbotOctokit } from "probot";
import { describe, expect, test } from "vitest";
import type { AnyOctokit } from "#adapters/github/client";
import { gitHubHost } from "#adapters/github/code-host";
import { tokenOctokit } from "#adapters/github/octokit";
import { loopback } from "#test/support/loopback";

const at = { owner: "ada", name: "models" };
const nothing = () => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const octokits: readonly (readonly [string, (baseUrl: string) => AnyOctokit])[] = [
  ["@octokit/rest", (baseUrl) => new Octokit({ auth: "secret", baseUrl, log: quiet })],
  ["ours", (apiUrl) => tokenOctokit({ token: "secret", apiUrl })],
  ["@actions/github", (baseUrl) => getOctokit("secret", { baseUrl })],
  ["Probot", (baseUrl) => new ProbotOctokit({ auth: { token: "secret" }, baseUrl })],
];

describe.each(octokits)("the Octokit of %s", (_, make) => {
  test("serves a code host, and after a 502 a creation is looked for before it is sent again", async () => {
    const calls: string[] = [];
    const url = await loopback((request, response) => {
      calls.push(`${request.method} ${request.headers.authorization}`);
      if (request.method === "POST") response.writeHead(502).end("bad gateway");
      else response.setHeader("content-type", "application/json").end("[]");
    });
    const host = gitHubHost({ octokit: make(url), ...at, login: "tidemark[bot]" });
    const request = { branch: "work", base: "main", title: "t", body: "" };
    await expect(host.pullRequests.openOnce(request)).rejects.toMatchObject({ code: "GITHUB_UNAVAILABLE" });
    expect(calls.map((call) => call.split(" ")[0])).toEqual(["GET", "POST", "GET", "POST", "GET"]);
    expect(calls.every((call) => call.endsWith(" token secret"))).toBe(true);
  });
});
