import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tableGuard } from "#adapters/filesystem/table-guard";
import { tableForm } from "#core/data/collect/table-form";
import { temporaryFolder } from "#test/support/temporary-folder";

const TABLE = Buffer.from("id,speed\n1,10\n");
const LONG = Buffer.from(`id\n${Array.from({ length: 50_000 }, (_, at) => at * 7_919).join("\n")}\n`);
const tar = (() => {
  const block = Buffer.alloc(1_024);
  block.write("a.csv");
  block.write("ustar\u000000", 257, "latin1");
  return block;
})();
const zip = Buffer.from("PK\u0003\u0004 and so on", "latin1");

async function check(name: string, bytes: Uint8Array, maxBytes = 10_000_000) {
  const file = join(await temporaryFolder(), "copy");
  await writeFile(file, bytes);
  return tableGuard().check({ ...tableForm(name, undefined), file, name, maxBytes });
}

describe("the bytes of a table", () => {
  test.each([
    ["a.csv", TABLE],
    ["a.csv", Buffer.from("PAR1,PAR2\n1,2\n")],
    ["a.csv", Buffer.from("BZh,x\n1,2\n")],
    ["a.csv.gz", gzipSync(LONG)],
    ["a.csv.gz", Buffer.concat([gzipSync(TABLE), gzipSync("2,20\n")])],
    ["a.jsonl.zst", zstdCompressSync(LONG)],
    ["a.parquet", Buffer.from("PAR1 and so on PAR1")],
  ])("%s are let through", async (name, bytes) => {
    await check(name, bytes);
  });

  test("are counted after unpacking", async () => {
    expect(await check("a.csv", LONG)).toBe(LONG.length);
    expect(await check("a.csv.gz", gzipSync(LONG))).toBe(LONG.length);
  });

  test.each([
    ["F-25 a zip called CSV", "a.csv", zip, "ARCHIVE_REFUSED"],
    ["F-25 a zip inside gzip", "a.csv.gz", gzipSync(zip), "ARCHIVE_REFUSED"],
    ["F-26 a tar called CSV", "a.csv", tar, "ARCHIVE_REFUSED"],
    ["F-26 a tar inside gzip", "a.csv.gz", gzipSync(tar), "ARCHIVE_REFUSED"],
    ["F-26 a tar inside zstd", "a.csv.zst", zstdCompressSync(tar), "ARCHIVE_REFUSED"],
    ["F-27 gzip inside gzip", "a.csv.gz", gzipSync(gzipSync(TABLE)), "FORMAT_MISMATCH"],
    ["gzip called CSV", "a.csv", gzipSync(TABLE), "FORMAT_MISMATCH"],
    ["CSV called gzip", "a.csv.gz", TABLE, "FORMAT_MISMATCH"],
    ["zstd called gzip", "a.csv.gz", zstdCompressSync(TABLE), "FORMAT_MISMATCH"],
    ["Parquet called CSV", "a.csv", Buffer.from("PAR1 and so on PAR1"), "FORMAT_MISMATCH"],
    ["CSV called Parquet", "a.parquet", TABLE, "FORMAT_MISMATCH"],
    ["F-28 Parquet cut at its half", "a.parquet", Buffer.from("PAR1 and so on"), "DATA_MALFORMED"],
    ["F-28 gzip cut at its half", "a.csv.gz", gzipSync(LONG).subarray(0, 30_000), "DATA_MALFORMED"],
    ["F-28 zstd cut at its half", "a.csv.zst", zstdCompressSync(LONG).subarray(0, 30_000), "DATA_MALFORMED"],
    ["gzip with a byte changed", "a.csv.gz", changed(gzipSync(LONG), 20_000), "DATA_MALFORMED"],
    ["gzip with something after it", "a.csv.gz", Buffer.concat([gzipSync(TABLE), TABLE]), "DATA_MALFORMED"],
    ["nothing called gzip", "a.csv.gz", Buffer.alloc(0), "FORMAT_MISMATCH"],
  ])("%s is refused", async (_, name, bytes, code) => {
    await expect(check(name, bytes)).rejects.toMatchObject({ code, problem: expect.stringContaining(name) });
  });

  test.each([
    ["gzip", "a.csv.gz", gzipSync(Buffer.alloc(50_000_000), { level: 9 })],
    ["zstd", "a.csv.zst", zstdCompressSync(Buffer.alloc(50_000_000))],
  ])("F-27 %s that unpacks to a thousand times its size is stopped", async (_, name, bytes) => {
    await expect(check(name, bytes, 1e12)).rejects.toMatchObject({
      code: "TOO_LARGE",
      problem: expect.stringContaining("1000 times"),
    });
  });

  test("F-27 what unpacks to more than allowed is stopped there", async () => {
    await check("a.csv.gz", gzipSync(LONG), LONG.length);
    await expect(check("a.csv.gz", gzipSync(LONG), LONG.length - 1)).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  test("F-27 a size that lies in gzip's last bytes gains nothing", async () => {
    const lying = gzipSync(LONG);
    lying.writeUInt32LE(3, lying.length - 4);
    await expect(check("a.csv.gz", lying)).rejects.toMatchObject({ code: "DATA_MALFORMED" });
  });
});

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
