import { spawn } from "node:child_process";

export interface Finished {
  /** -1 when a signal ended it. */
  readonly exitCode: number;
  /** stdout and stderr in the order of their arrival. */
  readonly output: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly timeoutSeconds: number;
}

/** Runs a program to its end and keeps what it printed; one that takes too long is killed. */
export function runToEnd({ program, args, folder, environment, timeoutSeconds }: Command): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutSeconds * 1000,
      killSignal: "SIGKILL",
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stderr.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? -1, output: Buffer.concat(parts).toString() }));
  });
}
