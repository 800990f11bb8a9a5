import { describe, expect, test } from "vitest";
import { bucketSource } from "#core/data/collect/bucket-source";
import { digestOf } from "#core/digest";
import type { Bucket } from "#core/ports/bucket";

const KEYS = ["a.csv", "a.csv.old", "d/", "d/.x.csv", "d/_SUCCESS", "d/e.csv", "d/y=1/f.csv", "d/y=2/g.csv", "de.csv"];

function bucketOf(keys: readonly string[], size = 3) {
  const asked: string[] = [];
  const bucket: Bucket = {
    async *list(prefix) {
      asked.push(prefix);
      for (const key of keys)
        if (key.startsWith(prefix)) yield { key, size: 3, modifiedAt: "2026-01-01T00:00:00.000Z" };
    },
    get: async () => ({ size, digest: digestOf("abc") }),
    put: async () => "stored",
    description: "s3://bucket/",
  };
  return { bucket, asked };
}

describe("objects of a bucket", () => {
  test.each([
    ["a.csv", "a.csv", ["a.csv"]],
    ["d/", "d/", ["d/e.csv", "d/y=1/f.csv", "d/y=2/g.csv"]],
    ["d", "d", ["d/e.csv", "d/y=1/f.csv", "d/y=2/g.csv"]],
    ["d/*/*.csv", "d/", ["d/y=1/f.csv", "d/y=2/g.csv"]],
    ["*.csv", "", ["a.csv", "de.csv"]],
    ["", "", ["a.csv", "a.csv.old", "d/e.csv", "d/y=1/f.csv", "d/y=2/g.csv", "de.csv"]],
  ])("%j lists below %j", async (pattern, prefix, found) => {
    const { bucket, asked } = bucketOf(KEYS);
    expect(await bucketSource(bucket, [pattern]).list()).toEqual(found);
    expect(asked).toEqual([prefix]);
  });

  test("that are not there are an error, also one of several", async () => {
    for (const patterns of [["x"], ["d/*.parquet"], ["a.csv", "x/"]]) {
      const source = bucketSource(bucketOf(KEYS).bucket, patterns);
      await expect(source.list()).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
    }
  });

  test("too many of them are refused while they are listed", async () => {
    const keys = Array.from({ length: 10_001 }, (_, at) => `k${at}.csv`);
    await expect(bucketSource(bucketOf(keys).bucket, [""]).list()).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  test("larger than allowed are not fetched; F-09 of another size than listed are refused", async () => {
    const { bucket } = bucketOf(KEYS);
    const source = bucketSource(bucket, ["a.csv"]);
    await source.list();
    expect(await source.copy("a.csv", "/x", 3)).toEqual({ size: 3, digest: digestOf("abc") });
    await expect(source.copy("a.csv", "/x", 2)).rejects.toMatchObject({ code: "TOO_LARGE" });
    const other = bucketSource(bucketOf(KEYS, 4).bucket, ["a.csv"]);
    await other.list();
    await expect(other.copy("a.csv", "/x", 100)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
  });
});
