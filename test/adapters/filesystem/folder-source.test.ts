import { execFileSync } from "node:child_process";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderSource } from "#adapters/filesystem/folder-source";
import { digestOf } from "#core/digest";
import { writeAll } from "#test/core/data/collect/support/workshop";
import { temporaryFolder } from "#test/support/temporary-folder";

async function folderWith(paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  await writeAll(folder, Object.fromEntries(paths.map((path) => [path, path])));
  return folder;
}

const PATHS = [
  "a.csv",
  "b.csv",
  "c.txt",
  "d/e.csv",
  "d/_SUCCESS",
  "d/.e.csv.crc",
  "d/y=1/f.csv",
  "d/y=2/g.csv",
  "h i.csv",
];

describe("files of a folder", () => {
  test.each([
    [["a.csv"], ["a.csv"]],
    [["./d//e.csv"], ["d/e.csv"]],
    [
      ["b.csv", "a.csv", "*.csv"],
      ["a.csv", "b.csv", "h i.csv"],
    ],
    [["d/"], ["d/e.csv", "d/y=1/f.csv", "d/y=2/g.csv"]],
    [["d/*/*.csv"], ["d/y=1/f.csv", "d/y=2/g.csv"]],
    [["**/e.csv"], ["d/e.csv"]],
    [["d/_*"], ["d/_SUCCESS"]],
    [["?.csv"], ["a.csv", "b.csv"]],
  ])("%j are %j", async (patterns, found) => {
    expect(await folderSource(await folderWith(PATHS), patterns).list()).toEqual(found);
  });

  test.each([
    [["*.parquet"], "SOURCE_EMPTY"],
    [["none/*.csv"], "SOURCE_EMPTY"],
    [["none.csv"], "SOURCE_EMPTY"],
    [["a.csv", "none.csv"], "SOURCE_EMPTY"],
    [["a.csv/b"], "SOURCE_EMPTY"],
    [["d"], "FILE_REFUSED"],
    [["../*.csv"], "FILE_REFUSED"],
    [["d/../../x.csv"], "FILE_REFUSED"],
    [["/etc/passwd"], "FILE_REFUSED"],
    [["/etc/*"], "FILE_REFUSED"],
    [["C:/x.csv"], "FILE_REFUSED"],
    [["d\\e.csv"], "FILE_REFUSED"],
    [["a\0.csv"], "FILE_REFUSED"],
  ])("%j is refused as %s", async (patterns, code) => {
    await expect(folderSource(await folderWith(PATHS), patterns).list()).rejects.toMatchObject({ code });
  });

  test("F-26 links are refused, whether they are named, found or on the way", async () => {
    const folder = await folderWith(["a.csv", "d/e.csv"]);
    await symlink("a.csv", join(folder, "link.csv"));
    await symlink("d", join(folder, "way"));
    await symlink("/etc", join(folder, "d", "out"));
    for (const pattern of ["link.csv", "*.csv", "way/e.csv", "way/*.csv", "d/out/passwd", "d/**/*.csv", "d/"]) {
      const listed = folderSource(folder, [pattern]).list();
      await expect(listed, pattern).rejects.toMatchObject({
        code: "FILE_REFUSED",
        problem: expect.stringMatching(/link/),
      });
    }
    const source = folderSource(folder, ["a.csv"]);
    const copy = join(await temporaryFolder(), "copy");
    await expect(source.copy("link.csv", copy, 100)).rejects.toMatchObject({ code: "FILE_REFUSED" });
    await expect(source.copy("d/out/passwd", copy, 100_000)).rejects.toMatchObject({ code: "FILE_REFUSED" });
  });

  test("F-26 a pipe is refused and not waited for", async () => {
    const folder = await folderWith([]);
    await mkdir(join(folder, "d"));
    execFileSync("mkfifo", [join(folder, "d", "pipe.csv")]);
    for (const pattern of ["d/pipe.csv", "d/*"]) {
      await expect(folderSource(folder, [pattern]).list()).rejects.toMatchObject({ code: "FILE_REFUSED" });
    }
    const copy = join(await temporaryFolder(), "copy");
    const copied = folderSource(folder, ["d/pipe.csv"]).copy("d/pipe.csv", copy, 100);
    await expect(copied).rejects.toMatchObject({ code: "FILE_REFUSED" });
  });

  test("are copied with size and digest, and leave nothing when they are too large or gone", async () => {
    const folder = await folderWith(["a.csv"]);
    const target = await temporaryFolder();
    const source = folderSource(folder, ["a.csv"]);
    expect(await source.copy("a.csv", join(target, "x", "copy"), 5)).toEqual({ size: 5, digest: digestOf("a.csv") });
    await expect(source.copy("a.csv", join(target, "small"), 4)).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(source.copy("gone.csv", join(target, "gone"), 4)).rejects.toMatchObject({ code: "FILE_MISSING" });
    expect(await readdir(target)).toEqual(["x"]);
    expect(await readdir(join(target, "x"))).toEqual(["copy"]);
  });
});
