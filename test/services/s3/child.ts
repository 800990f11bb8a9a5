import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly seconds?: number;
}

/** Runs a command to its end. @returns what it printed */
export function run({ command, args, env, seconds = 60 }: Run): Promise<string> {
  const options = { timeout: seconds * 1_000, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${stdout.slice(-2_000)}${stderr.slice(-2_000)}`));
    });
    child.stdin?.end();
  });
}

/** Networks and registries fail at times; nothing else is tried again. */
export async function withRetries(what: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await what();
      return;
    } catch (error) {
      if (attempt === 4) throw error;
      await pause(attempt * 5_000);
    }
  }
}

/** A server of ours: ended by its pid, and by the kernel should this process die first. */
export class Daemon {
  readonly #child: ChildProcess;
  readonly #output: string;

  constructor({ command, args }: Run, output: string) {
    this.#output = output;
    const log = openSync(output, "w");
    this.#child = spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], { stdio: ["ignore", log, log] });
    this.#child.on("error", () => undefined);
  }

  /** Waits until `isReady`; a server that has ended, or is late, fails with the end of its output. */
  async ready(isReady: () => Promise<boolean>, seconds: number): Promise<void> {
    const deadline = performance.now() + seconds * 1_000;
    while (!(await isReady().catch(() => false))) {
      if (this.#hasEnded() || performance.now() > deadline) {
        const output = readFileSync(this.#output, "utf8").slice(-2_000);
        throw new Error(`${this.#child.spawnargs.slice(3).join(" ")} is not ready:\n${output}`);
      }
      await pause(100);
    }
  }

  async stop(): Promise<void> {
    if (this.#hasEnded()) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
  }

  #hasEnded(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export const answers = async (url: string): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
