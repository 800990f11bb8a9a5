import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outputPlace } from "#adapters/filesystem/output-place";
import { filesIn, writeAll } from "#test/core/data/collect/support/workshop";
import { temporaryFolder } from "#test/support/temporary-folder";

async function scene() {
  const [folder, from] = [await temporaryFolder(), await temporaryFolder()];
  await writeAll(from, { a: "A", b: "B" });
  const files = [
    { path: "a.csv", file: join(from, "a") },
    { path: "d/b.csv", file: join(from, "b") },
  ];
  return { folder, files, place: outputPlace(folder), missing: { path: "c.csv", file: join(from, "c") } };
}

describe("an output", () => {
  test("that is a file takes the place of the old one", async () => {
    const { folder, place, files } = await scene();
    await writeAll(folder, { "out/now.csv": "old" });
    await place.placeFile("out/now.csv", files[0]?.file ?? "");
    expect(await readFile(join(folder, "out/now.csv"), "utf8")).toBe("A");
    expect(await filesIn(folder)).toEqual(["out/now.csv"]);
  });

  test("that is a folder holds the new files and no old ones", async () => {
    const { folder, place, files } = await scene();
    await writeAll(folder, { "out/old.csv": "old", "beside.csv": "other" });
    await place.placeFolder("out", files);
    expect(await filesIn(folder)).toEqual(["beside.csv", "out/a.csv", "out/d/b.csv"]);
    await place.placeFolder("new/deep", files);
    expect(await filesIn(join(folder, "new"))).toEqual(["deep/a.csv", "deep/d/b.csv"]);
  });

  test("that fails in the middle leaves what was there, and nothing beside it", async () => {
    const { folder, place, files, missing } = await scene();
    await writeAll(folder, { "out/old.csv": "old", "now.csv": "old" });
    await expect(place.placeFolder("out", [...files, missing])).rejects.toMatchObject({ code: "FILE_MISSING" });
    await expect(place.placeFile("now.csv", missing.file)).rejects.toMatchObject({ code: "FILE_MISSING" });
    expect(await filesIn(folder)).toEqual(["now.csv", "out/old.csv"]);
  });

  test("never lies outside the folder, nor takes its place", async () => {
    const { folder, place, files } = await scene();
    await mkdir(join(folder, "d"));
    await symlink(await temporaryFolder(), join(folder, "out"));
    await writeFile(join(folder, "file"), "");
    for (const path of ["../x", "/x", "out/x", "out"]) {
      await expect(place.placeFile(path, files[0]?.file ?? "")).rejects.toMatchObject({ code: "FILE_REFUSED" });
      await expect(place.placeFolder(path, files)).rejects.toMatchObject({ code: "FILE_REFUSED" });
    }
    for (const path of [".", "file"]) {
      await expect(place.placeFolder(path, files)).rejects.toMatchObject({ code: "FILE_REFUSED" });
    }
    await expect(place.placeFolder("d", [{ path: "../x", file: files[0]?.file ?? "" }])).rejects.toMatchObject({
      code: "FILE_REFUSED",
    });
  });

  test("never replaces a folder that holds what is to be kept", async () => {
    const { folder, files } = await scene();
    await writeAll(folder, { "data/store/x": "kept", "data/record.json": "kept" });
    const place = outputPlace(folder, ["data/store", join(folder, "other/store")]);
    for (const path of ["data", "./data/", "data/store", "other"]) {
      await expect(place.placeFolder(path, files)).rejects.toMatchObject({ code: "FILE_REFUSED" });
    }
    await place.placeFolder("data/out", files);
    await place.placeFolder("data/store-2", files);
    expect(await filesIn(join(folder, "data"))).toHaveLength(6);
  });
});
