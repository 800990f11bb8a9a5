import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { jobProbot } from "#bot/wiring";

/** An API that answers every call with this status and counts. */
async function answering(status: number) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const octokit = await jobProbot({ token: "a-token", apiUrl }).auth();
  return { calls, octokit };
}

const comment = { owner: "ada", repo: "models", issue_number: 7, body: "Hello" };
const merge = { owner: "ada", repo: "models", pull_number: 7 };

test("repeats no write whose outcome is unknown and no merge that was refused", async () => {
  for (const status of [502, 409, 405]) {
    const { octokit, calls } = await answering(status);
    await expect(
      octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", comment),
    ).rejects.toThrow();
    await expect(octokit.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", merge)).rejects.toThrow();
    expect(calls).toHaveLength(2);
  }
});

test("holds no comment back: five in a row take no second each", async () => {
  const { octokit, calls } = await answering(201);
  const post = () => octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", comment);
  const held = new Promise<"held back">((resolve) => setTimeout(() => resolve("held back"), 2500).unref());
  const posted = Promise.all([post(), post(), post(), post(), post()]).then(() => "posted");
  expect(await Promise.race([posted, held])).toBe("posted");
  expect(calls).toHaveLength(5);
});
