import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { shellCommandRunner } from "#adapters/process/command-runner";
import { lineSplitter } from "#adapters/process/line-splitter";
import type { Command } from "#core/ports/command-runner";
import { temporaryFolder } from "#test/support/temporary-folder";

const runner = shellCommandRunner({ graceSeconds: 0.4 });

async function run(line: string, overrides: Partial<Command> = {}) {
  const lines: string[] = [];
  const folder = await temporaryFolder();
  const environment = runner.environment([]);
  const outcome = await runner.run({
    line,
    folder,
    environment,
    timeoutSeconds: 10,
    onLine: (text) => lines.push(text),
    ...overrides,
  });
  return { outcome, lines, folder };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 60 && isAlive(pid); tries++) await pause(50);
  return !isAlive(pid);
}

describe("a command", () => {
  test("tells its exit code and every line of both streams in order", async () => {
    const { outcome, lines } = await run("echo one; echo two >&2; echo three; printf four; exit 3");
    expect(outcome).toMatchObject({ kind: "exited", code: 3 });
    expect(lines).toEqual(["one", "two", "three", "four"]);
  });

  test("sees exactly the environment it is given", async () => {
    const { lines } = await run("env", { environment: { PATH: process.env["PATH"] ?? "", MINE: "1" } });
    const names = lines
      .map((line) => line.split("=")[0])
      .filter((name) => !["PWD", "SHLVL", "_", "OLDPWD"].includes(name ?? ""));
    expect(names.sort()).toEqual(["MINE", "PATH"]);
  });

  test("runs in its folder", async () => {
    const { lines, folder } = await run("pwd -P");
    expect(lines[0]).toContain(folder.split("/").at(-1));
  });

  test("is ended at its time limit together with everything it started", async () => {
    const { outcome, lines } = await run("sh -c 'trap \"\" TERM; sleep 60 & echo $!; wait' & sleep 60", {
      timeoutSeconds: 0.3,
    });
    expect(outcome).toMatchObject({ kind: "timed-out" });
    expect(await isGone(Number(lines[0]))).toBe(true);
  });

  test("may clean up when it is told to end", async () => {
    const { outcome, lines } = await run("trap 'echo saved; exit 0' TERM; sleep 60 & wait", { timeoutSeconds: 0.3 });
    expect([outcome.kind, lines]).toEqual(["timed-out", ["saved"]]);
  });

  test("leaves nothing in the background when it ends", async () => {
    const { outcome, lines } = await run("sleep 60 & echo $!");
    expect(outcome).toMatchObject({ kind: "exited", code: 0 });
    expect(await isGone(Number(lines[0]))).toBe(true);
  });

  test("tells the signal that killed it", async () => {
    expect((await run("kill -KILL $$")).outcome).toMatchObject({ kind: "killed", signal: "SIGKILL" });
  });

  test("that cannot start is told with its folder", async () => {
    await expect(run("true", { folder: "/no/such/folder" })).rejects.toMatchObject({ code: "COMMAND_NOT_STARTED" });
  });

  test("ends with us when we are told to end", async () => {
    const folder = await temporaryFolder();
    const script = join(folder, "parent.mts");
    const adapter = new URL("../../adapters/process/command-runner.ts", import.meta.url).href;
    await writeFile(
      script,
      `import { shellCommandRunner } from ${JSON.stringify(adapter)};
       await shellCommandRunner({ graceSeconds: 0.4 }).run({ line: "echo $$ > pid; sleep 60", folder: ${JSON.stringify(folder)},
         environment: { PATH: process.env.PATH ?? "" }, timeoutSeconds: 60, onLine() {} });`,
    );
    const parent = spawn(process.execPath, [script], { stdio: "ignore", cwd: process.cwd() });
    const ended = new Promise((resolve) => parent.once("exit", (_code, signal) => resolve(signal)));
    const pidFile = join(folder, "pid");
    const pidText = () => readFile(pidFile, "utf8").catch(() => "");
    while (!(await pidText()).endsWith("\n")) await pause(30);
    parent.kill("SIGTERM");
    expect(await ended).toBe("SIGTERM");
    expect(await isGone(Number(await pidText()))).toBe(true);
  });
});

test("the environment holds the base list and the names that were allowed, as far as they are set", () => {
  process.env["TIDEMARK_TEST_ALLOWED"] = "1";
  process.env["TIDEMARK_TEST_SECRET"] = "2";
  const environment = runner.environment(["TIDEMARK_TEST_ALLOWED", "TIDEMARK_TEST_UNSET"]);
  expect(environment).toMatchObject({ PATH: process.env["PATH"], TIDEMARK_TEST_ALLOWED: "1" });
  expect(Object.keys(environment)).not.toContain("TIDEMARK_TEST_SECRET");
  expect(Object.keys(environment)).not.toContain("TIDEMARK_TEST_UNSET");
});

test("lines are cut at 64 KiB and characters are never halved", () => {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  const euro = Buffer.from("€\r\n");
  splitter.push(euro.subarray(0, 1));
  splitter.push(euro.subarray(1));
  for (let chunk = 0; chunk < 100; chunk++) splitter.push(Buffer.from("x".repeat(1_000)));
  splitter.push(Buffer.from("\nlast"));
  splitter.end();
  expect(lines.map((line) => line.length)).toEqual([1, 65_536 + " … (line cut)".length, 4]);
});
