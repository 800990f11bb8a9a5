import { describe, expect, test } from "vitest";
import { folderFiles } from "#adapters/filesystem/files";
import { digestOf } from "#core/digest";
import { memoryFiles } from "#test/support/fakes/files";
import { temporaryFolder } from "#test/support/temporary-folder";

describe.each([
  ["memory", async () => memoryFiles()],
  ["folder", async () => folderFiles(await temporaryFolder())],
] as const)("files in %s", (_, make) => {
  test("are read as they were written", async () => {
    const files = await make();
    expect(await files.exists("a/b.txt")).toBe(false);
    await files.write("a/b.txt", "grüße\n");
    await files.write("a/b.txt", "grüße 2\n");
    expect(await files.exists("a/b.txt")).toBe(true);
    expect(await files.readText("a/b.txt")).toBe("grüße 2\n");
    expect(await files.measure("a/b.txt")).toEqual({ size: 10, digest: digestOf("grüße 2\n") });
  });

  test("are listed below a folder, by path", async () => {
    const files = await make();
    for (const path of ["m/z.bin", "m/a/x.bin", "m/B.bin", "other.txt"]) await files.write(path, path);
    expect((await files.list("m")).map(({ path }) => path)).toEqual(["B.bin", "a/x.bin", "z.bin"]);
    expect((await files.list("."))[1]).toEqual({ path: "m/a/x.bin", size: 9, digest: digestOf("m/a/x.bin") });
  });

  test("that are missing, too large or not text are told apart", async () => {
    const files = await make();
    await files.write("latin1.txt", new Uint8Array([0x63, 0xe9]));
    await files.write("long.txt", "12345");
    await expect(files.readText("no.txt")).rejects.toMatchObject({ code: "FILE_MISSING" });
    await expect(files.measure("no.txt")).rejects.toMatchObject({ code: "FILE_MISSING" });
    expect(await files.list("nowhere")).toEqual([]);
    await expect(files.readText("long.txt", 4)).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
    await expect(files.readText("latin1.txt")).rejects.toMatchObject({ code: "FILE_NOT_UTF8" });
  });

  test("may be removed twice", async () => {
    const files = await make();
    await files.write("a.txt", "x");
    await files.remove("a.txt");
    await files.remove("a.txt");
    expect(await files.exists("a.txt")).toBe(false);
  });

  test("go with their folder, and only they", async () => {
    const files = await make();
    for (const path of ["m/a.txt", "m/b/c.txt", "mm.txt"]) await files.write(path, "x");
    await files.removeFolder("m");
    await files.removeFolder("m");
    expect((await files.list(".")).map(({ path }) => path)).toEqual(["mm.txt"]);
  });

  test("cannot lie outside the folder", async () => {
    const files = await make();
    for (const path of ["../a", "/a", "a/../../b", "C:/a", "a\\b", ""]) {
      await expect(files.write(path, "x"), path).rejects.toMatchObject({ code: "FILE_REFUSED" });
      expect(() => files.locate(path)).toThrow();
    }
  });
});
