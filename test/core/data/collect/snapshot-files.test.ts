import { describe, expect, test } from "vitest";
import { partitionColumns, snapshotDigest, snapshotPaths } from "#core/data/collect/snapshot-files";
import { tableForm } from "#core/data/collect/table-form";
import { digestOf } from "#core/digest";

describe("names of a snapshot's files", () => {
  test.each([
    [["data/raw/a.csv"], ["a.csv"]],
    [
      ["data/raw/a.csv", "data/raw/x/b.csv"],
      ["a.csv", "x/b.csv"],
    ],
    [["data/year=2026/month=1/a.csv"], ["year=2026/month=1/a.csv"]],
    [
      ["d/year=2026/a.csv", "d/year=2026/b.csv"],
      ["year=2026/a.csv", "year=2026/b.csv"],
    ],
    [
      ["https://h.example/x/a.csv", "https://h.example/y/a.csv"],
      ["x/a.csv", "y/a.csv"],
    ],
    [
      ["https://h.example/a.csv", "https://i.example/a.csv"],
      ["h.example/a.csv", "i.example/a.csv"],
    ],
  ])("%j are %j", (names, paths) => {
    expect(snapshotPaths(names)).toEqual(paths);
  });

  test.each([
    ["F-25 a way out", ["a/../../etc/passwd.csv", "b.csv"]],
    ["F-25 a backslash", ["..\\a.csv"]],
    ["F-25 two names that differ in case", ["A.csv", "a.csv"]],
    ["a control character", ["a\u0001b.csv"]],
    ["too long a name", [`${"a".repeat(600)}.csv`]],
  ])("%s is refused", (_, names) => {
    expect(() => snapshotPaths(names)).toThrow(expect.objectContaining({ code: "SOURCE_REFUSED" }));
  });

  test("folders of partitions give columns, outermost first", () => {
    expect(partitionColumns("x/year=2026/month=01/a=b.csv")).toEqual(["year", "month"]);
  });

  test("one file names its snapshot, several are named by their list", () => {
    const [a, b] = ["1", "2"].map((text) => ({ path: `${text}.csv`, size: 1, digest: digestOf(text) }));
    if (a === undefined || b === undefined) throw new Error("two files");
    expect(snapshotDigest([a])).toBe(a.digest);
    const list = `1.csv 1 ${a.digest.slice(7)}\n2.csv 1 ${b.digest.slice(7)}\n`;
    expect(snapshotDigest([b, a])).toBe(digestOf(list));
    expect(snapshotDigest([a, { ...b, path: "3.csv" }])).not.toBe(digestOf(list));
  });
});

describe("a file's form", () => {
  test.each([
    ["a.csv", undefined, "a.csv", "csv", "none"],
    ["a.CSV.GZ", undefined, "a.CSV.GZ", "csv", "gzip"],
    ["a.jsonl.zst", undefined, "a.jsonl.zst", "json-lines", "zstd"],
    ["a.ndjson", undefined, "a.ndjson", "json-lines", "none"],
    ["a.parquet", "parquet", "a.parquet", "parquet", "none"],
    ["export", "csv", "export.csv", "csv", "none"],
    ["export.gz", "json-lines", "export.jsonl.gz", "json-lines", "gzip"],
  ] as const)("%s with the format %s is %s", (name, given, path, format, compression) => {
    expect(tableForm(name, given)).toEqual({ path, format, compression });
  });

  test.each([
    ["a.xlsx", undefined, "FORMAT_UNKNOWN"],
    ["a", undefined, "FORMAT_UNKNOWN"],
    ["a.parquet.gz", undefined, "FORMAT_UNKNOWN"],
    ["a.gz", "parquet", "FORMAT_UNKNOWN"],
    ["a.csv", "parquet", "FORMAT_MISMATCH"],
    ["a.zip", "csv", "ARCHIVE_REFUSED"],
    ["a.tar.gz", "csv", "ARCHIVE_REFUSED"],
    ["a.tgz", undefined, "ARCHIVE_REFUSED"],
  ] as const)("%s with the format %s is refused", (name, given, code) => {
    expect(() => tableForm(name, given)).toThrow(expect.objectContaining({ code }));
  });
});
