import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unpack } from "#adapters/github/unpack";
import { temporaryFolder } from "#test/support/temporary-folder";
import { type ZipEntry, zipOf } from "#test/support/zip";

async function open(entries: readonly ZipEntry[] | Buffer, limits = { maxEntries: 50, maxBytes: 4 * 1024 * 1024 }) {
  const outside = await temporaryFolder();
  const folder = join(outside, "inside");
  const zip = join(outside, "a.zip");
  await writeFile(zip, Buffer.isBuffer(entries) ? entries : zipOf(entries as readonly ZipEntry[]));
  return { outside, folder, result: unpack({ zip, name: "candidate", limits }, folder) };
}

test("unpacks regular files into the folder", async () => {
  const { folder, result } = await open([
    { name: "model/", mode: 0o040755 },
    { name: "model/a.bin", content: "bytes" },
    { name: "candidate.json", content: "{}" },
  ]);
  expect(await result).toEqual(["candidate.json", "model/a.bin"]);
  expect(await readFile(join(folder, "model/a.bin"), "utf8")).toBe("bytes");
  expect((await stat(join(folder, "model/a.bin"))).mode & 0o7777 & ~0o644).toBe(0);
});

const good = { name: "good.txt", content: "x" };

test.each<readonly [string, readonly ZipEntry[], RegExp]>([
  ["a path upwards", [good, { name: "../evil.txt" }], /invalid relative path|leaves the folder/],
  ["a path upwards in the middle", [good, { name: "a/../../evil.txt" }], /invalid relative path|leaves the folder/],
  ["an absolute path", [good, { name: "/tmp/evil.txt" }], /absolute path|leaves the folder/],
  ["a drive letter", [good, { name: "C:/evil.txt" }], /absolute path|leaves the folder/],
  ["a backslash", [good, { name: "a\\evil.txt" }], /invalid characters|leaves the folder/],
  ["a control character", [good, { name: "a\nb.txt" }], /forbidden characters/],
  ["a dot segment", [good, { name: "a/./b.txt" }], /shortest form/],
  ["a symbolic link", [good, { name: "link", content: "/etc/passwd", mode: 0o120777 }], /link or a device/],
  ["a device", [good, { name: "dev", mode: 0o020666 }], /link or a device/],
  ["names that differ in case only", [good, { name: "GOOD.txt" }], /letter case/],
  ["one name twice", [good, good], /letter case/],
  ["names that are one in another Unicode form", [{ name: "\u00e9" }, { name: "e\u0301" }], /letter case/],
  ["an encrypted entry", [good, { name: "secret", flags: 1 }], /encrypted/],
  ["deep folders", [good, { name: `${"a/".repeat(20)}b` }], /deeper than 16/],
  ["too many entries", Array.from({ length: 51 }, (_, index) => ({ name: `${index}` })), /more than 50 entries/],
  ["a bomb", [good, { name: "bomb", content: Buffer.alloc(3 * 1024 * 1024) }], /over 200 times its size/],
  [
    "too many bytes",
    [1, 2, 3].map((index) => ({
      name: `${index}`,
      content: Buffer.from(Array.from({ length: 1_500_000 }, (_, at) => (at * 7919 + at / 256) % 251)),
    })),
    /too many bytes/,
  ],
  ["a size that lies", [good, { name: "lie", content: "x".repeat(5_000), declaredSize: 10 }], /sound zip file/],
  [
    "a file where another has its folder",
    [
      { name: "a", content: "x" },
      { name: "a/b", content: "x" },
    ],
    /sound zip file/,
  ],
])("refuses %s whole", async (_, entries, message) => {
  const { outside, folder, result } = await open(entries);
  await expect(result).rejects.toMatchObject({ code: "ARTIFACT_REFUSED", message: expect.stringMatching(message) });
  expect(await readdir(folder)).toEqual([]);
  expect((await readdir(outside)).sort()).toEqual(["a.zip", "inside"]);
});

test("refuses what is no zip file or was cut", async () => {
  await expect((await open(Buffer.from("no zip"))).result).rejects.toMatchObject({ code: "ARTIFACT_REFUSED" });
  const whole = zipOf([{ name: "a", content: "x".repeat(1_000) }, good]);
  await expect((await open(whole.subarray(0, whole.length / 2))).result).rejects.toMatchObject({
    code: "ARTIFACT_REFUSED",
  });
});

test("refuses a folder that is not empty and leaves it alone", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "mine"));
  const zip = join(await temporaryFolder(), "a.zip");
  await writeFile(zip, zipOf([good]));
  await expect(unpack({ zip, name: "candidate", limits: { maxEntries: 5, maxBytes: 100 } }, folder)).rejects.toThrow(
    "not empty",
  );
  expect(await readdir(folder)).toEqual(["mine"]);
});
