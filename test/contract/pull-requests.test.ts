import { describe, expect, test } from "vitest";
import { type Scene, sandboxScene, scenes } from "#test/support/code-host-scenes";

const request = { branch: "work", base: "main", title: "Promote churn", body: "why" };

async function opened(scene: Scene) {
  const commit = await scene.commit("work", "registry/churn.yaml", "a: 1\n");
  const { pullRequest } = await scene.host.pullRequests.openOnce(request);
  return { commit, number: pullRequest.number };
}

describe.each(scenes)("pull requests on %s", (_, make) => {
  test("one is opened and found by number, branch, commit and among the open ones", async () => {
    const scene = await make();
    const { pullRequests } = scene.host;
    const { commit, number } = await opened(scene);
    const found = await pullRequests.get(number);
    expect(found).toMatchObject({
      number,
      state: "open",
      title: "Promote churn",
      body: "why",
      author: "tidemark[bot]",
      authorIsBot: true,
    });
    expect(found).toMatchObject({
      head: { branch: "work", commit, sameRepository: true },
      base: { branch: "main" },
      draft: false,
    });
    expect(found.mergeCommit).toBeUndefined();
    for (const list of [
      await pullRequests.fromBranch("work"),
      await pullRequests.ofCommit(commit),
      await pullRequests.open(),
    ]) {
      expect(list.map((one) => one.number)).toEqual([number]);
    }
    expect(await pullRequests.changedFiles(number)).toEqual(["registry/churn.yaml"]);
    expect(await pullRequests.reviews(number)).toEqual([]);
  });

  test("a second one of the same branch and base is not opened", async () => {
    const scene = await make();
    const { number } = await opened(scene);
    expect(await scene.host.pullRequests.openOnce(request)).toMatchObject({ created: false, pullRequest: { number } });
  });

  test("one without a commit is refused", async () => {
    const { host } = await make();
    await host.branches.create("work", (await host.branches.head("main")) ?? "");
    await expect(host.pullRequests.openOnce(request)).rejects.toMatchObject({ code: "GITHUB_REFUSED" });
  });

  test("its words change and it is closed", async () => {
    const scene = await make();
    const { number } = await opened(scene);
    await scene.host.pullRequests.update(number, { title: "Other", body: "because" });
    await scene.host.pullRequests.update(number, { state: "closed" });
    expect(await scene.host.pullRequests.get(number)).toMatchObject({
      title: "Other",
      body: "because",
      state: "closed",
    });
    expect(await scene.host.pullRequests.open()).toEqual([]);
  });

  test("exactly the approved head is merged, once", async () => {
    const scene = await make();
    const { pullRequests } = scene.host;
    const { commit, number } = await opened(scene);
    const newer = await scene.commit("work", "more.txt", "more");
    expect(await pullRequests.merge(number, commit, "Promote")).toEqual({ kind: "moved" });
    const merged = await pullRequests.merge(number, newer, "Promote");
    const main = await scene.host.branches.head("main");
    expect(merged).toEqual({ kind: "merged", commit: main });
    expect(await pullRequests.merge(number, newer, "Promote")).toEqual(merged);
    expect(await pullRequests.get(number)).toMatchObject({
      state: "merged",
      mergeCommit: main,
      head: { commit: newer },
    });
    expect((await pullRequests.ofCommit(main ?? "")).map((one) => one.number)).toEqual([number]);
    expect(await scene.host.contents.read("registry/churn.yaml", "main")).toBe("a: 1\n");
  });

  test("one that is closed is not merged", async () => {
    const scene = await make();
    const { commit, number } = await opened(scene);
    await scene.host.pullRequests.update(number, { state: "closed" });
    expect(await scene.host.pullRequests.merge(number, commit, "Promote")).toMatchObject({ kind: "refused" });
  });

  test("one that is not there is told", async () => {
    await expect((await make()).host.pullRequests.get(4711)).rejects.toMatchObject({ code: "GITHUB_NOT_FOUND" });
  });
});

describe("pull requests on GitHub", () => {
  test("one whose opening's answer was lost is opened once", async () => {
    const scene = await sandboxScene();
    await scene.commit("work", "a.txt", "a");
    scene.sandbox.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/pulls",
      effect: { kind: "drop", when: "after" },
    });
    expect(await scene.host.pullRequests.openOnce(request)).toMatchObject({ created: true });
    expect(await scene.host.pullRequests.fromBranch("work")).toHaveLength(1);
  });

  test("a merge whose answer was lost counts as merged", async () => {
    const scene = await sandboxScene();
    const { commit, number } = await opened(scene);
    scene.sandbox.faults.add({
      method: "PUT",
      path: /\/merge$/,
      effect: { kind: "status", when: "after", status: 502 },
    });
    expect(await scene.host.pullRequests.merge(number, commit, "Promote")).toMatchObject({ kind: "merged" });
  });

  test("a merge that branch protection forbids is refused with GitHub's reason", async () => {
    const scene = await sandboxScene();
    const { commit, number } = await opened(scene);
    scene.sandbox.protectBranch("ada/models", "main", { requiredChecks: [{ context: "tidemark / churn" }] });
    expect(await scene.host.pullRequests.merge(number, commit, "Promote")).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/check/i),
    });
  });

  test("a renamed file counts under both names", async () => {
    const scene = await sandboxScene();
    await scene.commit(
      "main",
      "contracts/churn.yaml",
      "a long enough contract to be recognised as renamed\n".repeat(5),
    );
    await scene.commit(
      "work",
      "contracts/moved.yaml",
      "a long enough contract to be recognised as renamed\n".repeat(5),
    );
    const { data } = await scene.octokit.rest.repos.getContent({
      owner: "ada",
      repo: "models",
      path: "contracts/churn.yaml",
      ref: "work",
    });
    const { sha } = data as { sha: string };
    await scene.octokit.rest.repos.deleteFile({
      owner: "ada",
      repo: "models",
      path: "contracts/churn.yaml",
      branch: "work",
      message: "Move",
      sha,
    });
    const { pullRequest } = await scene.host.pullRequests.openOnce(request);
    expect(await scene.host.pullRequests.changedFiles(pullRequest.number)).toEqual([
      "contracts/churn.yaml",
      "contracts/moved.yaml",
    ]);
  });

  test("reviews are told with their author, state and commit", async () => {
    const scene = await sandboxScene();
    const { commit, number } = await opened(scene);
    await scene.octokit.rest.pulls.createReview({
      owner: "ada",
      repo: "models",
      pull_number: number,
      event: "APPROVE",
    });
    expect(await scene.host.pullRequests.reviews(number)).toMatchObject([
      { author: "ada", authorIsBot: false, state: "approved", commit },
    ]);
  });
});
