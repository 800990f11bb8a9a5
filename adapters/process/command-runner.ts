import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { UserError } from "#core/errors";
import type { Command, CommandOutcome, CommandRunner } from "#core/ports/command-runner";
import { chosenEnvironment } from "./environment.ts";
import { lineSplitter } from "./line-splitter.ts";
import { endWithUs, GRACE_SECONDS, ProcessGroup } from "./process-group.ts";

/** How long output may trickle after the command and its group are gone, held open by a process that left the group. */
const DRAIN_MS = 1_000;
/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs lines for `sh` (on Windows for cmd.exe), each in a process group of its own. */
export function shellCommandRunner({ graceSeconds = GRACE_SECONDS } = {}): CommandRunner {
  return { run: (command) => run(command, graceSeconds), environment: chosenEnvironment, platform: process.platform };
}

async function run(command: Command, graceSeconds: number): Promise<CommandOutcome> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  const child = start(command);
  const printed = readLines(child.stdout, command.onLine);
  const exit = exitOf(child, command);
  const group = new ProcessGroup(child.pid, graceSeconds);
  const release = endWithUs(group);
  let ending: Promise<void> | undefined;
  const timer = setTimeout(
    () => {
      ending = group.end();
    },
    Math.min(command.timeoutSeconds * 1_000, LONGEST_TIMER_MS),
  );
  try {
    const { code, signal } = await exit;
    await ending;
    group.kill();
    await printed(DRAIN_MS);
    if (ending !== undefined) return { kind: "timed-out", seconds: seconds() };
    if (signal !== null) return { kind: "killed", signal, seconds: seconds() };
    return { kind: "exited", code: code ?? 1, seconds: seconds() };
  } finally {
    clearTimeout(timer);
    release();
  }
}

function start({ line, folder, environment }: Command): ChildProcess & { stdout: Readable } {
  const options = { cwd: folder, env: { ...environment } };
  if (process.platform === "win32") {
    return spawn(`(${line}) 2>&1`, { ...options, shell: true, stdio: ["ignore", "pipe", "ignore"] }) as never;
  }
  // One pipe for both streams is what keeps their lines in order.
  const merged = `exec 2>&1\n${line}`;
  return spawn("/bin/sh", ["-c", merged], { ...options, detached: true, stdio: ["ignore", "pipe", "ignore"] }) as never;
}

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

function exitOf(child: ChildProcess, { folder }: Command): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (cause) => {
      const problem = `The command could not be started in the folder "${folder}": ${cause.message}.`;
      reject(new UserError("COMMAND_NOT_STARTED", problem, "Check that the folder exists.", { cause }));
    });
  });
}

/** @returns a wait for the end of the output, which gives up after a while */
function readLines(output: Readable, onLine: (line: string) => void): (patienceMs: number) => Promise<void> {
  const lines = lineSplitter(onLine);
  output.on("data", lines.push);
  const ended = new Promise<void>((resolve) => {
    output.once("close", resolve);
    output.once("error", () => resolve());
  });
  return async (patienceMs) => {
    const timer = setTimeout(() => output.destroy(), patienceMs);
    await ended;
    clearTimeout(timer);
    lines.end();
  };
}
