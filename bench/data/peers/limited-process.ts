import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

export interface Limits {
  readonly minutes: number;
  readonly megabytes: number;
}

export type Ended =
  | { readonly kind: "done"; readonly stdout: string; readonly seconds: number; readonly peakMegabytes: number }
  | { readonly kind: "failed"; readonly reason: string; readonly peakMegabytes: number };

const SAMPLE_MS = 100;

/**
 * Runs a program with all it starts, and ends them all when they take longer or hold more than they may. Linux only:
 * memory is read from /proc. Seconds are those of the whole process, as its caller waits for it.
 */
export async function runLimited(command: readonly string[], { minutes, megabytes }: Limits): Promise<Ended> {
  const [program = "", ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const end = () => endGroup(child.pid);
  process.once("exit", end);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const state = { hasEnded: false };
  const exit = once(child, "exit").finally(() => {
    state.hasEnded = true;
  });
  let peakMegabytes = 0;
  let reason: string | undefined;
  const watch = async () => {
    while (!state.hasEnded) {
      const { now, peak } = await memoryOf(child.pid);
      peakMegabytes = Math.max(peakMegabytes, peak);
      if (now > megabytes) reason ??= `out of memory: over ${(megabytes / 1024).toFixed(1)} GB`;
      if (performance.now() - started > minutes * 60_000) reason ??= `over ${minutes} minutes`;
      if (reason !== undefined) end();
      await Promise.race([pause(SAMPLE_MS), exit]);
    }
  };
  try {
    const [[code, signal]] = await Promise.all([exit, watch()]);
    const seconds = (performance.now() - started) / 1_000;
    end();
    const [stdout, stderr] = await output;
    if (reason === undefined && code === 0) return { kind: "done", stdout, seconds, peakMegabytes };
    return { kind: "failed", reason: reason ?? reasonOf(signal, stderr), peakMegabytes };
  } finally {
    process.off("exit", end);
  }
}

function reasonOf(signal: string | null, stderr: string): string {
  if (signal !== null) return `killed by ${signal}, as a machine short of memory does`;
  return stderr.trim().split("\n").at(-1)?.replaceAll("|", "/").slice(0, 160) ?? "failed";
}

/** Megabytes of a process and its descendants: resident now, and the kernel's high-water marks together. */
async function memoryOf(pid: number | undefined): Promise<{ now: number; peak: number }> {
  if (pid === undefined) return { now: 0, peak: 0 };
  const [status, children] = await Promise.all([
    readFile(`/proc/${pid}/status`, "utf8").catch(() => ""),
    readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => ""),
  ]);
  const own = { now: field(status, "VmRSS"), peak: field(status, "VmHWM") };
  const others = await Promise.all(children.split(" ").filter(Boolean).map(Number).map(memoryOf));
  return others.reduce((sum, { now, peak }) => ({ now: sum.now + now, peak: sum.peak + peak }), own);
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) / 1024;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}
