import { describe, expect, test } from "vitest";
import { readSource } from "#core/data/collect/source";

describe("a source", () => {
  test.each([
    [["data/*.csv", "more.parquet"], { kind: "files", patterns: ["data/*.csv", "more.parquet"] }],
    [["https://h.example/a.csv?x=1#top"], { kind: "https", urls: ["https://h.example/a.csv?x=1"] }],
    [["s3://bucket/a/b*.csv", "s3://bucket/c/"], { kind: "s3", bucket: "bucket", patterns: ["a/b*.csv", "c/"] }],
    [["s3://bucket"], { kind: "s3", bucket: "bucket", patterns: [""] }],
    [["kafka://a:9092/clicks"], { kind: "kafka", brokers: ["a:9092"], topic: "clicks" }],
    [["kafka://a:9092", "[::1]:9093/clicks"], { kind: "kafka", brokers: ["a:9092", "[::1]:9093"], topic: "clicks" }],
    [["data/train.csv.dvc"], { kind: "dvc", pointer: "data/train.csv.dvc", output: undefined }],
    [["dvc.lock#prepare/data/out"], { kind: "dvc", pointer: "dvc.lock", output: "prepare/data/out" }],
  ])("%j is read by its form", (lines, source) => {
    expect(readSource(lines)).toEqual(source);
  });

  test.each([
    ["nothing", []],
    ["two kinds", ["a.csv", "https://h.example/b.csv"]],
    ["two topics", ["kafka://a:1/x", "kafka://a:1/y"]],
    ["two buckets", ["s3://one/a", "s3://two/a"]],
    ["F-23 file:", ["file:///etc/passwd"]],
    ["F-23 FILE:", ["FILE:/etc/passwd"]],
    ["another scheme", ["gopher://h/"]],
    ["no host", ["https://"]],
    ["no bucket", ["s3:///key"]],
    ["a broker without a port", ["kafka://broker/topic"]],
    ["a topic without a name", ["kafka://a:1/"]],
    ["a dvc.lock without an output", ["dvc.lock"]],
    ["a dvc.lock with a stage alone", ["dvc.lock#prepare"]],
  ])("%s is refused", (_, lines) => {
    expect(() => readSource(lines)).toThrow(expect.objectContaining({ code: "SOURCE_REFUSED" }));
  });

  test.each([
    "https://user:hunter2@h.example/a.csv",
    "https://hunter2@h.example/",
    "s3://hunter2:x@bucket/a",
    "kafka://u:hunter2@a:1/t",
    "ftp://u:hunter2@h/x",
    "https://u:hunter2@/",
  ])("F-23 credentials in an address are refused and not repeated: %s", (line) => {
    const error = (() => {
      try {
        return readSource([line]);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toMatchObject({ code: "SOURCE_REFUSED" });
    expect(String(error)).not.toContain("hunter2");
  });
});
