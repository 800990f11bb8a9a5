import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "#core/errors";
import type { GitState } from "#core/ports/git-state";

const runFile = promisify(execFile);
const TIMEOUT_MS = 30_000;

/** A working copy may be somebody else's: its own settings must not make git run a program of theirs. */
const SAFE_SETTINGS = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

/** The state of the working copy in a folder. Files git ignores do not make it dirty; new files do. */
export function gitState(folder: string): GitState {
  const git = (...args: string[]): Promise<string> => runGit(folder, args);
  return {
    head: async () => {
      const commit = (await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}").catch(undefinedOutside))?.trim();
      if (commit === undefined) return undefined;
      const changes = await git("status", "--porcelain", "--untracked-files=normal");
      return { commit, dirty: changes !== "" };
    },
  };
}

async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await runFile("git", ["--no-optional-locks", ...SAFE_SETTINGS, "-C", folder, ...args], {
    timeout: TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" },
  });
  return stdout;
}

const Failure = z.object({ code: z.union([z.number(), z.string()]).nullish(), stderr: z.string().default("") });

/** Undefined outside a repository and before the first commit; git that is missing or refuses is told. */
function undefinedOutside(error: unknown): undefined {
  const { code, stderr } = Failure.parse(error);
  if (code === "ENOENT") {
    throw new UserError("GIT_MISSING", "The program git was not found.", "Install git and put it on the PATH.", {
      cause: error,
    });
  }
  if (stderr.trim() === "" || stderr.includes("not a git repository")) return undefined;
  const [first = ""] = stderr.split("\n");
  throw new UserError("GIT_REFUSED", `git said: ${first.slice(0, 300)}.`, "Run git status in that folder to see why.", {
    cause: error,
  });
}
