import { execFile } from "node:child_process";

export interface GitInput {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

export class GitError extends Error {
  override readonly name = "GitError";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;

  constructor(args: readonly string[], outcome: { exitCode: number; stdout: string; stderr: string }) {
    super(`git ${args[0]} failed (${outcome.exitCode}): ${outcome.stderr.trim()}`);
    this.exitCode = outcome.exitCode;
    this.stdout = outcome.stdout;
    this.stderr = outcome.stderr;
  }
}

/** The developer's own git configuration must not change what the sandbox answers. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

export function git(directory: string, args: readonly string[], options: GitInput = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      [...args],
      {
        cwd: directory,
        env: { ...GIT_ENVIRONMENT, ...options.env },
        encoding: "buffer",
        maxBuffer: MAX_OUTPUT_BYTES,
      },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const exitCode = typeof error.code === "number" ? error.code : -1;
        const stderrText = stderr.toString() || error.message;
        reject(new GitError(args, { exitCode, stdout: stdout.toString(), stderr: stderrText }));
      },
    );
    // A child that exits before reading its input breaks the pipe; its exit code tells the story.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

export async function gitText(directory: string, args: readonly string[], options: GitInput = {}): Promise<string> {
  return (await git(directory, args, options)).toString().trimEnd();
}
