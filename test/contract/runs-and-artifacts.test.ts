import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sandboxScene } from "#test/support/code-host-scenes";
import { temporaryFolder } from "#test/support/temporary-folder";

const LIMITS = { maxEntries: 100, maxBytes: 10_000_000 };

async function uploaded() {
  const scene = await sandboxScene();
  const headSha = (await scene.host.branches.head("main")) ?? "";
  const workflow = { path: ".github/workflows/train.yml", name: "Train" };
  const run = scene.sandbox.startRun({
    repository: "ada/models",
    workflow,
    event: "pull_request",
    headSha,
    headBranch: "main",
    actor: "ada",
    permissions: { contents: "read" },
  });
  const folder = await temporaryFolder();
  await mkdir(join(folder, "model"));
  await writeFile(join(folder, "candidate.json"), "{}");
  await writeFile(join(folder, "model", "weights.txt"), "1 2 3\n".repeat(1_000));
  const adapter = new URL("../../adapters/artifact/uploader.ts", import.meta.url).href;
  const script = `import { artifactUploader } from ${JSON.stringify(adapter)};
    await artifactUploader().upload("tidemark-candidate-churn", ["candidate.json", "model/weights.txt"].map((name) => process.argv[1] + "/" + name), process.argv[1]);`;
  const environment = { PATH: process.env["PATH"], ...run.environment };
  await promisify(execFile)(process.execPath, ["--input-type=module-typescript", "-e", script, folder], {
    env: environment,
  });
  return { ...scene, run, headSha };
}

test("what one job uploads another downloads", async () => {
  const { host, run } = await uploaded();
  expect(await host.artifacts.names(run.id)).toEqual(["tidemark-candidate-churn"]);
  const folder = await temporaryFolder();
  expect(await host.artifacts.download(run.id, "tidemark-candidate-churn", folder, LIMITS)).toEqual([
    "candidate.json",
    "model/weights.txt",
  ]);
  expect(await readFile(join(folder, "model/weights.txt"), "utf8")).toBe("1 2 3\n".repeat(1_000));
  expect(await host.artifacts.download(run.id, "tidemark-candidate", folder, LIMITS)).toBeUndefined();
  await expect(
    host.artifacts.download(run.id, "tidemark-candidate-churn", await temporaryFolder(), { ...LIMITS, maxEntries: 1 }),
  ).rejects.toMatchObject({ code: "ARTIFACT_REFUSED" });
  await expect(
    host.artifacts.download(run.id, "tidemark-candidate-churn", await temporaryFolder(), { ...LIMITS, maxBytes: 50 }),
  ).rejects.toMatchObject({ code: "ARTIFACT_REFUSED" });
});

test("a run is told with its commit, file and origin", async () => {
  const { host, run, headSha } = await uploaded();
  await run.complete("success");
  const expected = {
    id: run.id,
    attempt: 1,
    headSha,
    path: ".github/workflows/train.yml",
    event: "pull_request",
    status: "completed",
    conclusion: "success",
    sameRepository: true,
  };
  expect(await host.runs.get(run.id)).toMatchObject(expected);
  expect(await host.runs.ofCommit(headSha)).toMatchObject([expected]);
  expect(await host.runs.ofCommit("f".repeat(40))).toEqual([]);
});

test("a person's role is read live", async () => {
  const { host, sandbox } = await sandboxScene();
  sandbox.createUser({ login: "grace" });
  expect(await host.permissions.role("ada")).toBe("admin");
  const before = await host.permissions.role("grace");
  sandbox.addCollaborator("ada/models", "grace", "maintain");
  expect([before, await host.permissions.role("grace")]).toEqual(["read", "maintain"]);
  expect(await host.permissions.role("nobody-of-this-name")).toBe("none");
});
