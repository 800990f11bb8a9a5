import { describe, expect, test } from "vitest";
import { type Scene, sandboxScene, scenes } from "#test/support/code-host-scenes";

const head = async ({ host }: Scene, branch = "main") => (await host.branches.head(branch)) ?? "";

describe.each(scenes)("branches and files on %s", (_, make) => {
  test("a file is read at a branch or a commit, and a missing file is undefined", async () => {
    const scene = await make();
    const before = await head(scene);
    await scene.commit("main", "registry/churn/production.yaml", "generation: 1\n");
    expect(await scene.host.contents.read("registry/churn/production.yaml", "main")).toBe("generation: 1\n");
    expect(await scene.host.contents.read("registry/churn/production.yaml", before)).toBeUndefined();
  });

  test("a missing commit is no missing file", async () => {
    const { host } = await make();
    await expect(host.contents.read("README.md", "f".repeat(40))).rejects.toMatchObject({ code: "GITHUB_NOT_FOUND" });
  });

  test("a branch is created once", async () => {
    const scene = await make();
    const { branches } = scene.host;
    const main = await head(scene);
    expect(await branches.defaultBranch()).toBe("main");
    expect(await branches.head("tidemark/promote")).toBeUndefined();
    expect(await branches.create("tidemark/promote", main)).toBe("created");
    expect(await branches.create("tidemark/promote", main)).toBe("exists");
    expect(await branches.head("tidemark/promote")).toBe(main);
    await branches.remove("tidemark/promote");
    await branches.remove("tidemark/promote");
    expect(await branches.head("tidemark/promote")).toBeUndefined();
  });

  test("a branch holds its own past, and not what is only proposed or unknown", async () => {
    const scene = await make();
    const { branches } = scene.host;
    const before = await head(scene);
    const proposed = await scene.commit("work", "notes.txt", "work");
    const after = await scene.commit("main", "notes.txt", "main");
    const held = [before, after, proposed, "f".repeat(40)].map((commit) => branches.contains("main", commit));
    expect(await Promise.all(held)).toEqual([true, true, false, false]);
  });

  test("a file is committed only on the head that was expected", async () => {
    const scene = await make();
    const { branches, contents } = scene.host;
    const main = await head(scene);
    await branches.create("work", main);
    const change = {
      branch: "work",
      expectedHead: main,
      path: "registry/a.yaml",
      content: "a: 1\n",
      message: "Promote a",
    };
    expect(await branches.commitFile(change)).toBe("committed");
    expect(await branches.commitFile(change)).toBe("moved");
    expect(await contents.read("registry/a.yaml", "work")).toBe("a: 1\n");
    expect(await contents.read("README.md", "work")).toContain("# Models");
    expect(await branches.commitFile({ ...change, expectedHead: await head(scene, "work") })).toBe("unchanged");
  });
});

describe("branches on GitHub", () => {
  test("a branch whose creation's answer was lost counts as created", async () => {
    const scene = await sandboxScene();
    scene.sandbox.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/git/refs",
      effect: { kind: "drop", when: "after" },
    });
    expect(await scene.host.branches.create("work", await head(scene))).toBe("created");
  });

  test("a commit whose move of the branch was answered with 502 counts as committed", async () => {
    const scene = await sandboxScene();
    const expectedHead = await head(scene);
    await scene.host.branches.create("work", expectedHead);
    scene.sandbox.faults.add({
      method: "PATCH",
      path: /\/git\/refs\//,
      effect: { kind: "status", when: "after", status: 502 },
    });
    const change = { branch: "work", expectedHead, path: "a.yaml", content: "a: 1\n", message: "Add a" };
    expect(await scene.host.branches.commitFile(change)).toBe("committed");
  });
});
