import { guarded } from "./run-action.ts";
import type { SuiteEntry } from "./suite.ts";

/** Runs one action as a step of a GitHub job: what every stub of dist/ does. Sets the exit code of the process. */
export async function runOnGithub({ load }: Pick<SuiteEntry, "load">): Promise<void> {
  // Loaded here, not above, so that the command line never pays for @actions/core.
  const { githubRunner } = await import("./github-runner.ts");
  const runner = githubRunner();
  process.once("uncaughtException", (error) => {
    void guarded(runner, () => Promise.reject(error)).then((exitCode) => process.exit(exitCode));
  });
  process.exitCode = await guarded(runner, async () => (await load()).run(runner));
}
