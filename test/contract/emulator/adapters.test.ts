import { beforeEach, describe, expect, test } from "vitest";
import { gitHubHost } from "#adapters/github/code-host";
import type { CodeHost } from "#core/ports/code-host";
import { APP, commitFile, emulatedGitHub, here } from "./emulated-github.ts";

// Our adapters against emulate 0.12.2, a GitHub written by people who know nothing of us: a third opinion beside the
// memory fake and our own sandbox. Left out is what it does not have; the last test holds the evidence.
// - Deployments, reactions, environments, GraphQL, git over HTTP, a commit's pull requests, the log of deliveries and the
//   repositories of an installation: 404.
// - Changed files of a pull request: empty for commits made through git's data, which is how the adapter commits.
// - Finding our own check run again: emulate names no app in a check run, so every upsert creates one.

let github: Awaited<ReturnType<typeof emulatedGitHub>>;
let host: CodeHost;

beforeEach(async () => {
  github = await emulatedGitHub();
  host = gitHubHost({ octokit: github.bot, owner: here.owner, name: here.repo, login: "tidemark[bot]", appId: APP });
});

async function mainHead(): Promise<string> {
  const head = await host.branches.head("main");
  if (head === undefined) throw new Error("The emulator has no main.");
  return head;
}

const RECORD = "registry/churn/production.yaml";

/** The adapter's way to a pull request with one file. */
async function proposal(): Promise<{ number: number; head: string }> {
  const expectedHead = await mainHead();
  const branch = "tidemark/promote/churn/production/g1-0123456789ab";
  await host.branches.create(branch, expectedHead);
  await host.branches.commitFile({
    branch,
    expectedHead,
    path: RECORD,
    content: "generation: 1\n",
    message: "Promote",
  });
  const { pullRequest } = await host.pullRequests.openOnce({ branch, base: "main", title: "Promote", body: "Please." });
  return { number: pullRequest.number, head: pullRequest.head.commit };
}

describe("on emulate", () => {
  test("a branch is created once, takes a file, and says when it moved", async () => {
    const head = await mainHead();
    expect([await host.branches.create("work", head), await host.branches.create("work", head)]).toEqual([
      "created",
      "exists",
    ]);
    const change = { branch: "work", expectedHead: head, path: RECORD, content: "a: 1\n", message: "Record" };
    expect(await host.branches.commitFile(change)).toBe("committed");
    expect(await host.branches.commitFile({ ...change, content: "a: 2\n" })).toBe("moved");
    expect(await host.contents.read(RECORD, "work")).toBe("a: 1\n");
    expect(await host.contents.read(RECORD, "main")).toBeUndefined();
    const expectedHead = (await host.branches.head("work")) ?? "";
    expect(await host.branches.commitFile({ ...change, expectedHead })).toBe("unchanged");
    await host.branches.remove("work");
    expect(await host.branches.head("work")).toBeUndefined();
    await host.branches.remove("work");
  });

  test("a pull request is opened once, found by its branch, and merged at its head only", async () => {
    const { number, head } = await proposal();
    expect((await host.pullRequests.open()).map((open) => open.number)).toEqual([number]);
    const request = await host.pullRequests.get(number);
    expect(request).toMatchObject({ author: "tidemark[bot]", authorIsBot: true, head: { sameRepository: true } });
    const again = { branch: request.head.branch, base: "main", title: "Again", body: "" };
    expect(await host.pullRequests.openOnce(again)).toMatchObject({ created: false, pullRequest: { number } });
    await host.pullRequests.update(number, { title: "Promote churn" });
    await github.as("ada").rest.pulls.createReview({ ...here, pull_number: number, event: "APPROVE" });
    expect(await host.pullRequests.reviews(number)).toMatchObject([{ author: "ada", state: "approved", commit: head }]);
    expect(await host.pullRequests.merge(number, await mainHead(), "Promote")).toEqual({ kind: "moved" });
    expect(await host.pullRequests.merge(number, head, "Promote")).toMatchObject({ kind: "merged" });
    expect(await host.pullRequests.fromBranch(request.head.branch)).toMatchObject([
      { number, state: "merged", title: "Promote churn" },
    ]);
    expect(await host.contents.read(RECORD, "main")).toBe("generation: 1\n");
  });

  test("one comment of ours is kept, and others' with its marker are left alone", async () => {
    const { number } = await proposal();
    const marker = "<!-- tidemark report churn -->";
    const forged = { ...here, issue_number: number, body: `${marker}\nforged` };
    const { data: foreign } = await github.as("outsider").rest.issues.createComment(forged);
    const changes = [];
    for (const text of ["one", "one", "two"])
      changes.push((await host.comments.upsert(number, marker, `${marker}\n${text}`)).change);
    expect(changes).toEqual(["created", "unchanged", "edited"]);
    expect(await host.comments.find(number, marker)).toMatchObject({ mine: true, body: `${marker}\ntwo` });
    expect(await host.comments.get(foreign.id)).toMatchObject({ mine: false, body: `${marker}\nforged` });
    expect(await host.comments.get(987_654)).toBeUndefined();
    await host.comments.reply(number, "<!-- answer 7 -->", "done");
    await host.comments.reply(number, "<!-- answer 7 -->", "done again");
    const { data: all } = await github.as("ada").rest.issues.listComments({ ...here, issue_number: number });
    expect(all).toHaveLength(3);
  });

  test("a check run is written as it was meant", async () => {
    const { head } = await proposal();
    const check = { name: "tidemark / churn", commit: head, title: "May replace", summary: "All rules hold." } as const;
    expect(await host.checks.upsert({ ...check, status: "completed", conclusion: "success" })).toBe("created");
    const { data } = await github.as("ada").rest.checks.listForRef({ ...here, ref: head });
    expect(data.check_runs).toMatchObject([
      { name: "tidemark / churn", conclusion: "success", output: { title: "May replace", summary: "All rules hold." } },
    ]);
  });

  test("roles are read: the owner's, and none of an outsider", async () => {
    expect([await host.permissions.role("ada"), await host.permissions.role("outsider")]).toEqual(["admin", "none"]);
  });

  test("a commit without runs has none", async () => {
    expect(await host.runs.ofCommit(await mainHead())).toEqual([]);
  });

  test("what emulate lacks is told as not found, and these are the routes", async () => {
    await commitFile(github.as("ada"), { branch: "work", path: "a.txt", text: "a\n" });
    const lacking = await host.deployments.list("production", 10).catch((error: unknown) => error);
    expect(lacking).toMatchObject({ code: "GITHUB_NOT_FOUND", problem: expect.stringContaining("/deployments") });
    const routes = [
      "GET /repos/ada/models/deployments",
      "GET /repos/ada/models/environments",
      "GET /repos/ada/models/commits/main/pulls",
      "POST /repos/ada/models/issues/comments/1/reactions",
      "GET /installation/repositories",
      "GET /app/hook/deliveries",
      "POST /graphql",
      "GET /ada/models.git/info/refs?service=git-upload-pack",
    ];
    const answers = routes.map(async (route) => {
      const [method = "", path = ""] = route.split(" ");
      const answer = await fetch(`${github.url}${path}`, { method, headers: { authorization: "token token-of-ada" } });
      return [route, answer.status];
    });
    expect(await Promise.all(answers)).toEqual(routes.map((route) => [route, 404]));
    const { number, head } = await proposal();
    expect(await host.pullRequests.changedFiles(number)).toEqual([]);
    const check = { name: "tidemark / churn", commit: head, status: "in_progress", title: "t", summary: "s" } as const;
    expect([await host.checks.upsert(check), await host.checks.upsert(check)]).toEqual(["created", "created"]);
  });
});
