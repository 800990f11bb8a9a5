import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lineFiles } from "#adapters/filesystem/line-files";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test("lines come back as they were written, whatever they hold", async () => {
  const files = lineFiles(await temporaryFolder());
  const lines = ["", "a\u2028b", "c\rd", "grüße 🎉".repeat(50_000), "", "x".repeat(300_000), "end"];
  const writer = await files.open("deep/rows.jsonl");
  for (const line of lines) await writer.write(line);
  const { size, digest } = await writer.close();
  expect(await all(files.lines("deep/rows.jsonl"))).toEqual(lines);
  const bytes = await readFile(files.locate("deep/rows.jsonl"));
  expect({ size, digest }).toEqual({ size: bytes.length, digest: digestOf(bytes) });
});

test("a file is written anew, and may be removed twice", async () => {
  const files = lineFiles(await temporaryFolder());
  for (const line of ["first", "second"]) {
    const writer = await files.open("a");
    await writer.write(line);
    await writer.close();
  }
  expect(await all(files.lines("a"))).toEqual(["second"]);
  await files.remove("a");
  await files.remove("a");
  await expect(all(files.lines("a"))).rejects.toMatchObject({ code: "FILE_MISSING" });
});

test("nothing lies outside the folder", async () => {
  const folder = await temporaryFolder();
  const outside = await temporaryFolder();
  await symlink(outside, join(folder, "link"));
  const files = lineFiles(folder);
  for (const path of ["../a", "/a", "link/a"]) {
    await expect(files.open(path), path).rejects.toMatchObject({ code: "FILE_REFUSED" });
  }
});

test("removing a file of a folder that was never made is nothing", async () => {
  const files = lineFiles(`${await temporaryFolder()}/never/made`);
  await expect(files.remove("rows-0.jsonl")).resolves.toBeUndefined();
});
