import { describe, expect, test } from "vitest";
import { type Scene, sandboxScene, scenes } from "#test/support/code-host-scenes";

async function wanted({ host }: Scene, promotion = "p1") {
  const commit = (await host.branches.head("main")) ?? "";
  return { commit, environment: "production", description: "churn g1", payload: { model: "churn" }, promotion };
}

describe.each(scenes)("deployments on %s", (_, make) => {
  test("one is created once for each promotion", async () => {
    const scene = await make();
    const { deployments } = scene.host;
    const { deployment, created } = await deployments.createOnce(await wanted(scene));
    expect(created).toBe(true);
    expect(deployment).toMatchObject({
      environment: "production",
      payload: { model: "churn", promotion: "p1" },
      statuses: [],
    });
    expect(await deployments.createOnce(await wanted(scene))).toMatchObject({
      created: false,
      deployment: { id: deployment.id },
    });
    const second = await deployments.createOnce(await wanted(scene, "p2"));
    expect((await deployments.list("production", 10)).map(({ id }) => id)).toEqual([
      second.deployment.id,
      deployment.id,
    ]);
    expect(await deployments.list("production", 1)).toHaveLength(1);
    expect(await deployments.list("staging", 10)).toEqual([]);
  });

  test("its statuses are told newest first, and the same one is not added twice", async () => {
    const scene = await make();
    const { deployments } = scene.host;
    const { id } = (await deployments.createOnce(await wanted(scene))).deployment;
    await deployments.setStatus(id, { state: "in_progress", description: "starting" });
    await deployments.setStatus(id, {
      state: "success",
      description: "healthy",
      environmentUrl: "http://127.0.0.1:1/",
    });
    await deployments.setStatus(id, {
      state: "success",
      description: "healthy",
      environmentUrl: "http://127.0.0.1:1/",
    });
    expect((await deployments.get(id)).statuses).toEqual([
      { state: "success", description: "healthy", url: "http://127.0.0.1:1/" },
      { state: "in_progress", description: "starting", url: "" },
    ]);
  });
});

describe("deployments on GitHub", () => {
  test.each(["before", "after"] as const)(
    "one is created once although the connection broke %s the work",
    async (when) => {
      const scene = await sandboxScene();
      scene.sandbox.faults.add({
        method: "POST",
        path: "/repos/{owner}/{repo}/deployments",
        effect: { kind: "drop", when },
      });
      expect(await scene.host.deployments.createOnce(await wanted(scene))).toMatchObject({ created: true });
      expect(await scene.host.deployments.list("production", 10)).toHaveLength(1);
    },
  );

  test("a status whose answer was lost is there once", async () => {
    const scene = await sandboxScene();
    const { id } = (await scene.host.deployments.createOnce(await wanted(scene))).deployment;
    scene.sandbox.faults.add({
      method: "POST",
      path: /\/statuses$/,
      effect: { kind: "status", when: "after", status: 503 },
    });
    await scene.host.deployments.setStatus(id, { state: "failure", description: "x".repeat(200) });
    const { statuses } = await scene.host.deployments.get(id);
    expect(statuses.map(({ state, description }) => [state, description.length])).toEqual([["failure", 140]]);
  });
});
