import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Step {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly outputs: string;
  readonly summary: string;
}

const RUNNER = JSON.stringify(new URL("../../../kit/github-runner.ts", import.meta.url).href);

/** Runs `code`, in which `runner` is a GitHub runner, as a step of its own with the files GitHub would give it. */
export function githubStep(code: string, environment: Readonly<Record<string, string>> = {}): Step {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-step-"));
  try {
    const [outputs, summary] = [join(folder, "output"), join(folder, "summary")];
    for (const file of [outputs, summary]) writeFileSync(file, "");
    const program = `import { githubRunner } from ${RUNNER};\nconst runner = githubRunner();\n${code}`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      env: { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary, ...environment },
      encoding: "utf8",
    });
    const read = (file: string) => readFileSync(file, "utf8");
    return { exitCode: result.status, stdout: result.stdout, outputs: read(outputs), summary: read(summary) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines that GitHub's runner would obey: `::name …::` after white space, or `##[name]` anywhere. */
export const liveCommands = (stdout: string): readonly string[] =>
  stdout.split(/\r\n|\r|\n/).filter((line) => /^\s*::/.test(line) || line.includes("##["));
