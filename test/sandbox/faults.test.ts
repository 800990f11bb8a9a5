import { expect, test } from "vitest";
import { here, openPull, withApp, withRepository } from "../support/sandbox.ts";

const COMMENTS = "/repos/{owner}/{repo}/issues/{issue_number}/comments";

async function withIssue() {
  const parts = await withRepository();
  const { data } = await parts.octokit.rest.issues.create({ ...here, title: "Drift" });
  const at = { ...here, issue_number: data.number };
  const comment = () => parts.octokit.rest.issues.createComment({ ...at, body: "Report" });
  const count = async () => (await parts.octokit.rest.issues.listComments(at)).data.length;
  return { ...parts, comment, count };
}

test("a create that failed after its effect left the comment in place", async () => {
  const { sandbox, comment, count } = await withIssue();
  sandbox.faults.add({ method: "POST", path: COMMENTS, effect: { kind: "status", when: "after", status: 502 } });
  await expect(comment()).rejects.toMatchObject({ status: 502 });
  expect(await count()).toBe(1);
});

test("a create that failed before its effect left nothing", async () => {
  const { sandbox, comment, count } = await withIssue();
  const effect = { kind: "status", when: "before", status: 503, html: true } as const;
  sandbox.faults.add({ method: "POST", path: COMMENTS, effect });
  await expect(comment()).rejects.toMatchObject({ status: 503 });
  expect(await count()).toBe(0);
  await comment();
  expect(await count()).toBe(1);
});

test.each(["before", "after"] as const)("a connection dropped %s the effect is a network error", async (when) => {
  const { sandbox, comment, count } = await withIssue();
  sandbox.faults.add({ method: "POST", path: COMMENTS, effect: { kind: "drop", when } });
  await expect(comment()).rejects.toThrow();
  expect(await count()).toBe(when === "after" ? 1 : 0);
});

test("only the requests a rule names are hit", async () => {
  const { sandbox, comment, count } = await withIssue();
  const effect = { kind: "secondary-limit", status: 429, retryAfter: "60" } as const;
  sandbox.faults.add({ method: "POST", path: /\/comments$/, skip: 1, times: 1, effect });
  await comment();
  await expect(comment()).rejects.toMatchObject({ status: 429, response: { headers: { "retry-after": "60" } } });
  await comment();
  expect(await count()).toBe(2);
});

test("the primary limit says when it ends", async () => {
  const { sandbox, octokit } = await withRepository();
  sandbox.faults.add({ effect: { kind: "primary-limit", resetSeconds: 2400 } });
  const refused = octokit.rest.repos.get(here);
  await expect(refused).rejects.toMatchObject({ status: 403, response: { headers: { "x-ratelimit-remaining": "0" } } });
});

test("a hanging request ends when its client gives up", async () => {
  const { sandbox, octokit } = await withRepository();
  sandbox.faults.add({ effect: { kind: "hang", when: "before" } });
  await expect(octokit.rest.repos.get({ ...here, request: { signal: AbortSignal.timeout(50) } })).rejects.toThrow();
});

test("mergeability is unknown at the first read when told so", async () => {
  const { sandbox, octokit } = await withRepository();
  sandbox.faults.mergeableUnknownReads = 1;
  const { number } = await openPull(octokit);
  const read = async () => (await octokit.rest.pulls.get({ ...here, pull_number: number })).data.mergeable;
  expect([await read(), await read()]).toEqual([null, true]);
});

test("deliveries are dropped, doubled and reordered as told", async () => {
  const { sandbox, octokit, received } = await withApp();
  sandbox.faults.addDelivery({ event: "pull_request", effect: { kind: "duplicate" } });
  sandbox.faults.addDelivery({ event: "push", times: 10, effect: { kind: "drop" } });
  const { number } = await openPull(octokit);
  await sandbox.idle();
  const opened = received.filter(({ event }) => event === "pull_request");
  expect(opened).toHaveLength(2);
  expect(opened[0]?.guid).toBe(opened[1]?.guid);
  expect(received.some(({ event }) => event === "push")).toBe(false);
  received.length = 0;
  sandbox.faults.addDelivery({ event: "issue_comment", effect: { kind: "reorder" } });
  const comment = (body: string) => octokit.rest.issues.createComment({ ...here, issue_number: number, body });
  await comment("first");
  await sandbox.idle();
  expect(received).toEqual([]);
  await comment("second");
  await sandbox.idle();
  expect(received).toHaveLength(2);
});
