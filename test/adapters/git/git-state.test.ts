import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitState } from "#adapters/git/git-state";
import { temporaryFolder } from "#test/support/temporary-folder";

async function repository() {
  const folder = await temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      encoding: "utf8",
    }).trim();
  git("init", "--quiet");
  await writeFile(join(folder, ".gitignore"), "ignored\n");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  return { folder, git };
}

test("tells the checked-out commit and whether anything differs from it", async () => {
  const { folder, git } = await repository();
  const commit = git("rev-parse", "HEAD");
  await writeFile(join(folder, "ignored"), "x");
  expect(await gitState(folder).head()).toEqual({ commit, dirty: false });
  await writeFile(join(folder, "new"), "x");
  expect(await gitState(folder).head()).toEqual({ commit, dirty: true });
});

test("knows nothing outside a repository or before the first commit", async () => {
  const folder = await temporaryFolder();
  expect(await gitState(folder).head()).toBeUndefined();
  execFileSync("git", ["-C", folder, "init", "--quiet"]);
  expect(await gitState(folder).head()).toBeUndefined();
});

test("runs no program that the working copy's own settings name", async () => {
  const { folder, git } = await repository();
  git("config", "core.fsmonitor", `touch ${join(folder, "ignored")}; false`);
  await gitState(folder).head();
  await expect(import("node:fs/promises").then(({ stat }) => stat(join(folder, "ignored")))).rejects.toThrow("ENOENT");
});
