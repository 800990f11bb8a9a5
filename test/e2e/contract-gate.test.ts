import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { root } from "./support/bundled.ts";

interface Told {
  readonly exitCode: number;
  readonly text: string;
}

async function node(...args: readonly string[]): Promise<Told> {
  const child = promisify(execFile)(process.execPath, [...args], { cwd: root });
  return child.then(
    ({ stdout }) => ({ exitCode: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      exitCode: error.code,
      text: `${error.stdout}${error.stderr}`,
    }),
  );
}

/** A process that asks a sandbox of its own for the pull requests, once for each query. */
async function visit(reports: string, ...queries: readonly string[]): Promise<void> {
  expect(await node("test/e2e/support/visitor.ts", reports, ...queries)).toEqual({ exitCode: 0, text: "" });
}

const judge = (reports: string): Promise<Told> => node("scripts/contract-report.ts", reports);

test("exchanges that GitHub describes pass, and those of several processes are summed", async () => {
  const reports = await temporaryFolder();
  await Promise.all([visit(reports, "?state=open"), visit(reports, "?state=all&per_page=5", "")]);
  expect(await readdir(reports)).toHaveLength(2);
  expect(await judge(reports)).toEqual({
    exitCode: 0,
    text: "0 off-contract exchanges (3 requests, 3 responses, 0 deliveries)\n",
  });
});

test("one exchange off GitHub's contract, in one of two processes, fails the run and is named", async () => {
  const reports = await temporaryFolder();
  await Promise.all([visit(reports, ""), visit(reports, "?colour=red", "?colour=red")]);
  const { exitCode, text } = await judge(reports);
  expect(exitCode).toBe(1);
  expect(text).toMatch(/^2 off-contract exchanges \(3 requests, 3 responses, 0 deliveries\)\n/);
  expect(text).toContain("GET /repos/{owner}/{repo}/pulls query (2 times)");
  expect(text).toContain("colour");
  expect(text.split("\n").filter((line) => line.startsWith("GET "))).toHaveLength(1);
});

// A known bug, to lose its .fails when it is mended: sandbox/http/server.ts answers 404 and shows it to no gate.
test("a call that GitHub does not have fails the run and is named", async () => {
  const reports = await temporaryFolder();
  await visit(reports, "", "/1/colours");
  expect(await judge(reports)).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining("GET /repos/ada/models/pulls/1/colours"),
  });
});

test("a run that checked nothing is no pass", async () => {
  const reports = await temporaryFolder();
  expect((await judge(reports)).exitCode).toBe(1);
});
