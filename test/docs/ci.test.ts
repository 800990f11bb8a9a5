import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { blocks, ROOT, read } from "./support/documents.ts";

const script = read(".ci/run");

/** Its steps, as somebody would type them. */
const steps = script
  .split("\n")
  .flatMap((line) => /^step (?:env \S+ )?(?<command>.+)$/.exec(line)?.groups?.["command"] ?? [])
  .map((command) => (command === "install" ? "npm ci" : command));

test("can be executed, and bash can read it", () => {
  expect(statSync(join(ROOT, ".ci/run")).mode & 0o111).toBe(0o111);
  execFileSync("bash", ["-n", join(ROOT, ".ci/run")]);
  expect(script).toContain("set -euo pipefail\nexec </dev/null\n");
});

test("runs the two commands of the README, adds the contract reports up, then the checks, then the services", () => {
  const readme = (blocks(read("README.md"))[0]?.text ?? "").trim().split("\n");
  const [contract, ...rest] = steps.slice(4);
  expect(steps.slice(0, 4)).toEqual(readme.flatMap((line) => line.split(" && ")));
  expect(contract).toContain("npm run --silent contract-report");
  expect(rest).toEqual(["npm run check", "npm run test:services"]);
});

const outcome = (status: string) => ({ status, fullName: `a ${status} test` });

/** What .ci/summary.mjs makes of a report. */
function summary(report: unknown, otherSteps = "0") {
  const folder = mkdtempSync(join(tmpdir(), "summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "report.json");
  if (report !== undefined) writeFileSync(path, JSON.stringify(report));
  const ended = spawnSync(process.execPath, [join(ROOT, ".ci/summary.mjs"), path, otherSteps], { encoding: "utf8" });
  return { line: ended.stdout.trimEnd(), exitCode: ended.status };
}

const file = (...statuses: string[]) => ({
  name: "one.test.ts",
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map(outcome),
});

test.each([
  {
    when: "all passed",
    report: { testResults: [file("passed", "passed"), file("passed")] },
    line: "3 passed, 0 failed",
    exitCode: 0,
  },
  { when: "one failed", report: { testResults: [file("passed", "failed")] }, line: "1 passed, 1 failed", exitCode: 1 },
  {
    when: "one was skipped",
    report: { testResults: [file("passed", "skipped")] },
    line: "1 passed, 1 failed",
    exitCode: 1,
  },
  {
    when: "one is to be written",
    report: { testResults: [file("passed", "todo")] },
    line: "1 passed, 1 failed",
    exitCode: 1,
  },
  {
    when: "a file did not load",
    report: { testResults: [file("passed"), { ...file(), status: "failed" }] },
    line: "1 passed, 1 failed",
    exitCode: 1,
  },
  { when: "there were none", report: { testResults: [] }, line: "0 passed, 1 failed", exitCode: 1 },
  { when: "there is no report", report: undefined, line: "0 passed, 1 failed", exitCode: 1 },
])("sums up when $when", ({ report, line, exitCode }) => {
  expect(summary(report)).toEqual({ line, exitCode });
});

test("another step that failed fails the run", () => {
  expect(summary({ testResults: [file("passed")] }, "1")).toEqual({ line: "1 passed, 1 failed", exitCode: 1 });
});
