import { describe, expect, test } from "vitest";
import { type Scene, sandboxScene, scenes } from "#test/support/code-host-scenes";

const MARKER = "<!-- tidemark report churn -->";

async function pullRequest(scene: Scene): Promise<number> {
  await scene.commit("work", "a.txt", "a");
  const { pullRequest: opened } = await scene.host.pullRequests.openOnce({
    branch: "work",
    base: "main",
    title: "Work",
    body: "",
  });
  return opened.number;
}

describe.each(scenes)("comments on %s", (_, make) => {
  test("one comment is created, left alone and edited", async () => {
    const scene = await make();
    const number = await pullRequest(scene);
    const { comments } = scene.host;
    const { comment, change } = await comments.upsert(number, MARKER, "first");
    expect([change, comment.body, comment.mine, comment.author]).toEqual([
      "created",
      `${MARKER}\nfirst`,
      true,
      "tidemark[bot]",
    ]);
    expect(await comments.upsert(number, MARKER, "first")).toMatchObject({
      change: "unchanged",
      comment: { id: comment.id },
    });
    expect(await comments.upsert(number, MARKER, "second")).toMatchObject({
      change: "edited",
      comment: { id: comment.id },
    });
    expect((await comments.get(comment.id))?.body).toBe(`${MARKER}\nsecond`);
    expect(comment.edited).toBe(false);
    expect(await comments.get(987_654)).toBeUndefined();
  });

  test("a comment of somebody else that carries the marker is never taken for ours", async () => {
    const scene = await make();
    const number = await pullRequest(scene);
    const foreign = await scene.comment(number, `${MARKER}\nforged`);
    expect(await scene.host.comments.find(number, MARKER)).toBeUndefined();
    expect(await scene.host.comments.upsert(number, MARKER, "ours")).toMatchObject({ change: "created" });
    expect(await scene.host.comments.get(foreign)).toMatchObject({ body: `${MARKER}\nforged`, mine: false });
  });

  test("a reply is given once", async () => {
    const scene = await make();
    const number = await pullRequest(scene);
    await scene.host.comments.reply(number, "<!-- answer 7 -->", "done");
    const first = await scene.host.comments.find(number, "<!-- answer 7 -->");
    await scene.host.comments.reply(number, "<!-- answer 7 -->", "done again");
    expect(await scene.host.comments.find(number, "<!-- answer 7 -->")).toEqual(first);
  });

  test("a reaction may be given twice", async () => {
    const scene = await make();
    const id = await scene.comment(await pullRequest(scene), "/model promote");
    await scene.host.comments.react(id, "rocket");
    await scene.host.comments.react(id, "rocket");
  });
});

describe("comments on GitHub", () => {
  const CREATE = { method: "POST", path: "/repos/{owner}/{repo}/issues/{issue_number}/comments" };

  const ours = async (scene: Awaited<ReturnType<typeof sandboxScene>>, number: number) => {
    const { data } = await scene.octokit.rest.issues.listComments({
      owner: "ada",
      repo: "models",
      issue_number: number,
      per_page: 100,
    });
    return data.filter(({ user }) => user?.login === "tidemark[bot]");
  };

  test.each([
    ["the connection broke after the work was done", { kind: "drop", when: "after" }],
    ["the connection broke before anything was done", { kind: "drop", when: "before" }],
    ["a 502 came after the work was done", { kind: "status", when: "after", status: 502 }],
    ["a 500 with HTML came before anything was done", { kind: "status", when: "before", status: 500, html: true }],
  ] as const)("a comment is there exactly once although %s", async (_, effect) => {
    const scene = await sandboxScene();
    const number = await pullRequest(scene);
    scene.sandbox.faults.add({ ...CREATE, effect });
    expect(await scene.host.comments.upsert(number, MARKER, "text")).toMatchObject({ change: "created" });
    expect(await ours(scene, number)).toHaveLength(1);
  });

  test("our comment is found behind 120 others", async () => {
    const scene = await sandboxScene();
    const number = await pullRequest(scene);
    for (let count = 0; count < 120; count++) await scene.comment(number, `comment ${count}`);
    await scene.host.comments.upsert(number, MARKER, "one");
    expect(await scene.host.comments.upsert(number, MARKER, "two")).toMatchObject({ change: "edited" });
  });

  test("a rate limit is told with the time to wait and nothing is repeated", async () => {
    const scene = await sandboxScene();
    const number = await pullRequest(scene);
    scene.sandbox.faults.add({
      ...CREATE,
      times: 5,
      effect: { kind: "secondary-limit", status: 403, retryAfter: "30" },
    });
    scene.sandbox.calls.reset();
    await expect(scene.host.comments.upsert(number, MARKER, "text")).rejects.toMatchObject({
      code: "GITHUB_RATE_LIMITED",
      hint: "Wait 30 seconds before the next call.",
    });
    expect(scene.sandbox.calls.all().filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(1);
  });
});
