import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { groupIsRunning, startTimeOf } from "#adapters/local/process-table";
import { notedModels, readState } from "#adapters/local/state";
import { temporaryFolder } from "#test/support/temporary-folder";
import { clearStage } from "../../scripts/demo/leftovers.ts";
import { BUNDLE_TIMEOUT_MS, bundled, root } from "./support/bundled.ts";

const TIMEOUT_MS = 170_000;

beforeAll(bundled, BUNDLE_TIMEOUT_MS);

interface Demo {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | string>;
}

function startDemo(folder: string, [file, ...args]: readonly [string, ...string[]]): Demo {
  const env = { ...process.env, TIDEMARK_DEMO_FOLDER: folder };
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (bytes: Buffer): void => {
    output += bytes.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = once(child, "close").then(([code, signal]) => (signal ?? code) as number | string);
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, output: () => output, exited };
}

async function said({ output, exited }: Demo, words: string): Promise<void> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  while (!output().includes(words)) {
    if (ended) throw new Error(`The demo ended without saying "${words}":\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Noted {
  readonly pid: number;
  readonly startTime: string | undefined;
}

/** The bot and the server a demo keeps, by what it has noted of them. */
async function keptBy(folder: string): Promise<{ bot: Noted; server: Noted }> {
  const [bot] = JSON.parse(await readFile(join(folder, "processes.json"), "utf8")) as Noted[];
  const [model = ""] = await notedModels(join(folder, "serving"));
  const { serving } = await readState(join(folder, "serving"), model);
  if (bot === undefined || serving === undefined) throw new Error("The demo has noted no bot or no server.");
  return { bot, server: { pid: serving.pid, startTime: await startTimeOf(serving.pid) } };
}

/** Processes that work below a folder; empty where the system does not tell. */
async function workingBelow(folder: string): Promise<readonly string[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")));
  return places.filter((place) => place.startsWith(folder));
}

test("a demo that was killed in the middle is cleared away by the next one, which plays to its end", {
  timeout: TIMEOUT_MS,
}, async () => {
  const folder = join(await temporaryFolder(), "the demo");
  onTestFinished(() => clearStage(folder));
  const scripts = JSON.parse(await readFile(join(root, "package.json"), "utf8")).scripts;
  expect(scripts.demo).toBe("node scripts/demo.ts");
  // As npm would start it, without the shell between: the kill is to hit the demo itself.
  const first = startDemo(folder, [process.execPath, "scripts/demo.ts"]);
  await said(first, " 4. ");
  const { bot, server } = await keptBy(folder);
  first.child.kill("SIGKILL");
  expect(await startTimeOf(server.pid)).toBe(server.startTime);
  expect(await groupIsRunning(server.pid)).toBe(true);
  if (process.platform === "linux") expect((await workingBelow(folder)).length).toBeGreaterThan(0);

  const second = startDemo(folder, ["npm", "run", "--silent", "demo"]);
  expect([await second.exited, second.output()]).toEqual([0, expect.stringContaining("0 off-contract exchanges")]);
  expect(second.output()).toContain("as recorded  success     by reviewer");
  expect(await startTimeOf(bot.pid)).not.toBe(bot.startTime);
  expect(await startTimeOf(server.pid)).not.toBe(server.startTime);
  expect(await workingBelow(folder)).toEqual([]);
});
