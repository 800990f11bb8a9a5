import { describe, expect, test } from "vitest";
import { type Scene, sandboxScene, scenes } from "#test/support/code-host-scenes";

async function check({ host }: Scene) {
  const commit = (await host.branches.head("main")) ?? "";
  return {
    name: "tidemark / churn",
    commit,
    status: "completed",
    conclusion: "success",
    title: "Pass",
    summary: "at least as good",
  } as const;
}

describe.each(scenes)("check runs on %s", (_, make) => {
  test("one per name and commit is created, left alone and edited", async () => {
    const scene = await make();
    const wanted = await check(scene);
    const { checks } = scene.host;
    expect(await checks.upsert(wanted)).toBe("created");
    expect(await checks.upsert(wanted)).toBe("unchanged");
    expect(await checks.upsert({ ...wanted, conclusion: "failure", title: "Fail" })).toBe("edited");
    expect(await checks.upsert({ ...wanted, name: "tidemark / fraud" })).toBe("created");
  });
});

describe("check runs on GitHub", () => {
  test("one whose answer was lost is there once", async () => {
    const scene = await sandboxScene();
    const wanted = await check(scene);
    scene.sandbox.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/check-runs",
      effect: { kind: "drop", when: "after" },
    });
    expect(await scene.host.checks.upsert(wanted)).toBe("created");
    const { data } = await scene.octokit.rest.checks.listForRef({ owner: "ada", repo: "models", ref: wanted.commit });
    expect(data.total_count).toBe(1);
    expect(await scene.host.checks.upsert(wanted)).toBe("unchanged");
  });
});
