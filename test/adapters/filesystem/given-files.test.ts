import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { givenFiles } from "#adapters/filesystem/given-files";
import { temporaryFolder } from "#test/support/temporary-folder";

test("a person may name a file below the folder, beside it, or anywhere", async () => {
  const root = await temporaryFolder();
  const folder = join(root, "work");
  await mkdir(folder);
  await writeFile(join(folder, "inside.txt"), "inside");
  await writeFile(join(root, "beside.txt"), "beside");
  const files = givenFiles(folder);
  expect(await files.readText("inside.txt")).toBe("inside");
  expect(await files.readText("../beside.txt")).toBe("beside");
  expect(await files.readText(join(root, "beside.txt"))).toBe("beside");
  expect(files.locate("../beside.txt")).toBe(join(root, "beside.txt"));
});

test("a file that is not there, or is none, is refused by name", async () => {
  const files = givenFiles(await temporaryFolder());
  await expect(files.readText("/nowhere/at/all.txt")).rejects.toMatchObject({
    code: "FILE_MISSING",
    problem: expect.stringContaining('"/nowhere/at/all.txt"'),
  });
  await expect(files.readText("..")).rejects.toMatchObject({ code: "FILE_REFUSED" });
  expect(() => files.locate("a\0b")).toThrow(expect.objectContaining({ code: "FILE_REFUSED" }));
});
