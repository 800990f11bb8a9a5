import { execFileSync } from "node:child_process";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderFiles } from "#adapters/filesystem/files";
import { temporaryFolder } from "#test/support/temporary-folder";

async function scene() {
  const outside = await temporaryFolder();
  const root = join(outside, "root");
  await mkdir(root);
  await writeFile(join(outside, "secret.txt"), "secret");
  return { outside, root, files: folderFiles(root) };
}

test("leaves no temporary file behind when a write fails", async () => {
  const { root, files } = await scene();
  await mkdir(join(root, "taken"));
  await expect(files.write("taken", "text")).rejects.toMatchObject({ code: "FILE_REFUSED" });
  expect(await readdir(root)).toEqual(["taken"]);
});

test("refuses paths and links that lead out of the folder", async () => {
  const { outside, root, files } = await scene();
  await symlink(outside, join(root, "up"));
  await symlink(join(outside, "secret.txt"), join(root, "link.txt"));
  for (const path of [
    "../secret.txt",
    "/etc/passwd",
    "a/../../secret.txt",
    "a\\b",
    "up/secret.txt",
    "link.txt",
    "up/new/file.txt",
  ]) {
    await expect(files.readText(path), path).rejects.toMatchObject({ code: "FILE_REFUSED" });
    await expect(files.write(path, "x"), path).rejects.toMatchObject({ code: "FILE_REFUSED" });
  }
});

test("refuses to list links, pipes and too many files", async () => {
  const { root, files } = await scene();
  await mkdir(join(root, "a"));
  await mkdir(join(root, "b"));
  await symlink("x", join(root, "a", "link"));
  execFileSync("mkfifo", [join(root, "b", "pipe")]);
  await expect(files.list("a")).rejects.toThrow("it is a link");
  await expect(files.list("b")).rejects.toThrow("device, pipe or socket");
  await mkdir(join(root, "c"));
  await Promise.all(Array.from({ length: 2_001 }, (_, index) => writeFile(join(root, "c", `${index}`), "")));
  await expect(files.list("c")).rejects.toThrow("more than 2000 files");
});

test("refuses to read a pipe instead of waiting for ever", async () => {
  const { root, files } = await scene();
  execFileSync("mkfifo", [join(root, "pipe")]);
  await expect(files.readText("pipe")).rejects.toThrow("not a regular file");
  await expect(files.measure("pipe")).rejects.toThrow("not a regular file");
});

test("refuses to remove the folder everything lies in", async () => {
  const { files } = await scene();
  for (const path of [".", "./", "./."])
    await expect(files.removeFolder(path)).rejects.toMatchObject({ code: "FILE_REFUSED" });
});
