import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { folderFiles } from "#adapters/filesystem/files";
import { stopLocalTarget } from "#adapters/local/stop";
import { localTarget } from "#adapters/local/target";
import { modelDigest } from "#core/model/model-files";
import type { DeployTarget, Release } from "#core/ports/deploy-target";
import { memoryTarget } from "#test/support/fakes/deploy-target";
import { shellQuoted } from "#test/support/shell-quoted";
import { temporaryFolder } from "#test/support/temporary-folder";

const SERVER = fileURLToPath(new URL("../support/serve-model.mjs", import.meta.url));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function localScene() {
  const stateFolder = await temporaryFolder();
  const port = await freePort();
  const command = `TIDEMARK_TEST_FIXED_PORT=${port} exec ${shellQuoted(process.execPath)} ${shellQuoted(SERVER)}`;
  onTestFinished(() => stopLocalTarget(stateFolder));
  return { stateFolder, port, target: localTarget({ command, stateFolder, port, readyTimeoutSeconds: 4 }) };
}

async function release(content: string): Promise<Release> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "model.txt"), content);
  await writeFile(join(folder, "card.txt"), "a card");
  return { model: "churn", folder, digest: modelDigest(await folderFiles(folder).list(".")) };
}

const targets: readonly (readonly [string, () => Promise<DeployTarget>])[] = [
  [
    "memory",
    async () =>
      memoryTarget({
        isHealthy: async (one) => !(await readFile(join(one.folder, "model.txt"), "utf8")).includes("crash"),
      }),
  ],
  ["local", async () => (await localScene()).target],
];

describe.each(targets)("the %s target", (_, make) => {
  test("serves nothing at first", async () => {
    expect(await (await make()).read("churn")).toBeUndefined();
  });

  test("serves the release it was given, and the next one in its place", async () => {
    const target = await make();
    const [one, two] = [await release("one"), await release("two")];
    await target.apply(one);
    expect(await target.read("churn")).toMatchObject({ digest: one.digest, ready: true });
    await target.apply(two);
    await target.apply(two);
    expect(await target.read("churn")).toMatchObject({ digest: two.digest, ready: true });
  });

  test("keeps what served before when a release does not become healthy", async () => {
    const target = await make();
    const [good, bad] = [await release("one"), await release("crash")];
    await target.apply(good);
    await expect(target.apply(bad)).rejects.toMatchObject({ code: "TARGET_UNHEALTHY" });
    expect(await target.read("churn")).toMatchObject({ digest: good.digest, ready: true });
  });
});

describe("the local target", () => {
  const pidOf = async (stateFolder: string): Promise<number> =>
    JSON.parse(await readFile(join(stateFolder, "churn.state.json"), "utf8")).serving.pid;

  test("starts no second process for what serves already", async () => {
    const { target, stateFolder } = await localScene();
    const one = await release("one");
    await target.apply(one);
    const pid = await pidOf(stateFolder);
    await target.apply(one);
    expect(await pidOf(stateFolder)).toBe(pid);
  });

  test("tells the last lines of a server that fails", async () => {
    const { target } = await localScene();
    await expect(target.apply(await release("crash"))).rejects.toThrow(
      /the process ended[\s\S]*this model cannot be loaded/,
    );
  });

  test("believes the server's own digest and not that it answers", async () => {
    const { target } = await localScene();
    await expect(target.apply(await release("liar"))).rejects.toThrow("it serves 000000000000 and not");
    expect(await target.read("churn")).toBeUndefined();
  });

  test("gives up on a server that is never ready", async () => {
    const { target } = await localScene();
    await expect(target.apply(await release("unready"))).rejects.toThrow(
      "it answered but was not ready within 4 seconds",
    );
  });

  test("puts the old release back when the new one fails in its final place", async () => {
    const { target } = await localScene();
    const good = await release("one");
    await target.apply(good);
    await expect(target.apply(await release("late"))).rejects.toThrow("What served before was put back");
    expect(await target.read("churn")).toMatchObject({ digest: good.digest, ready: true });
  });

  test("starts a server that died again", async () => {
    const { target, stateFolder } = await localScene();
    const one = await release("one");
    await target.apply(one);
    process.kill(await pidOf(stateFolder), "SIGKILL");
    while ((await target.read("churn")) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    await target.apply(one);
    expect(await target.read("churn")).toMatchObject({ digest: one.digest });
  });

  test("refuses files that are not the release", async () => {
    const { target } = await localScene();
    const one = await release("one");
    await writeFile(join(one.folder, "model.txt"), "other");
    await expect(target.apply(one)).rejects.toMatchObject({ code: "RELEASE_CHANGED" });
  });

  test("signals no process that only took over a number", async () => {
    const { stateFolder } = await localScene();
    await mkdir(stateFolder, { recursive: true });
    const serving = { pid: process.pid, startTime: "1", digest: `sha256:${"a".repeat(64)}`, port: 1, log: "none" };
    await writeFile(join(stateFolder, "churn.state.json"), JSON.stringify({ serving }));
    await stopLocalTarget(stateFolder);
    expect(process.exitCode).toBeUndefined();
  });
});
