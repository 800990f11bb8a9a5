import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { digestOf } from "#core/digest";
import { Candidate } from "#core/model/candidate";
import { type ModelFile, ModelFiles, modelDigest } from "#core/model/model-files";
import { candidate, filesOf } from "#test/support/builders/model";

const file = (path: string, content = path): ModelFile => ({ path, size: content.length, digest: digestOf(content) });

/** The definition, written a second time: a line per file, sorted by path. */
function byDefinition(files: readonly ModelFile[]): string {
  const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const lines = sorted.map(({ path, size, digest }) => `${path} ${size} ${digest.slice(7)}\n`);
  return `sha256:${createHash("sha256").update(lines.join("")).digest("hex")}`;
}

describe("a model's digest", () => {
  test("is that of its definition, whatever the order of the files", () => {
    const files = ["b/z.bin", "a.json", "b.json", "B.json"].map((path) => file(path));
    expect(modelDigest(files)).toBe(byDefinition(files));
    expect(modelDigest(files.toReversed())).toBe(modelDigest(files));
  });

  test.each([
    ["a file is renamed", [file("a.bin", "x")], [file("b.bin", "x")]],
    ["a file's bytes change", [file("a.bin", "x")], [file("a.bin", "y")]],
    ["a file is added", [file("a.bin")], [file("a.bin"), file("b.bin")]],
    ["two files change places", [file("a", "x"), file("b", "y")], [file("a", "y"), file("b", "x")]],
  ])("changes when %s", (_, before, after) => {
    expect(modelDigest(before)).not.toBe(modelDigest(after));
  });

  test("sorts by path also where one path is the beginning of another", () => {
    const files = [file("model.bin"), file("model.bin (1)")];
    expect(modelDigest(files)).toBe(byDefinition(files));
  });
});

describe("a candidate", () => {
  test("parses", () => {
    expect(Candidate.parse(candidate())).toEqual(candidate());
  });

  test.each<[string, object]>([
    ["a digest that is not of its files (F-28)", { digest: digestOf("other") }],
    [
      "a file that was renamed with the same bytes (F-28)",
      { files: filesOf("challenger").map((one) => ({ ...one, path: `x${one.path}` })) },
    ],
    ["no file", { files: [] }],
    ["an extra key", { extra: 1 }],
    ["a name that is a path (F-21)", { model: "../x" }],
    ["a short commit", { lineage: { ...candidate().lineage, commit: "3f2a91c" } }],
    ["claims that are no numbers", { claimedMetrics: { auc: Number.NaN } }],
  ])("is refused for %s", (_, facts) => {
    expect(Candidate.safeParse({ ...candidate(), ...facts }).success).toBe(false);
  });

  test.each(["../x", "/x", "a/../b", "C:/x", "a\\b", "a\u0000b", "a\nb", ""])(
    "has no file called %j (F-25)",
    (path) => {
      expect(ModelFiles.safeParse([file(path)]).success).toBe(false);
    },
  );

  test("has no two files that differ in letter case only (F-25)", () => {
    expect(ModelFiles.safeParse([file("a.bin"), file("A.bin")]).success).toBe(false);
  });
});
