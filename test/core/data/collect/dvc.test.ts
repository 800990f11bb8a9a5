import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderFiles } from "#adapters/filesystem/files";
import { folderSource } from "#adapters/filesystem/folder-source";
import { md5 } from "#adapters/filesystem/md5";
import { yamlDocuments } from "#adapters/yaml/documents";
import { collectFiles } from "#core/data/collect/collect-files";
import { readDvcPointer } from "#core/data/collect/dvc-pointer";
import { dvcSource } from "#core/data/collect/dvc-source";
import { workshop } from "./support/workshop.ts";

const TABLE = "id,speed\n1,10\n";
const OTHER = "id,speed\n2,20\n";
const hash = (text: string) => createHash("md5").update(text).digest("hex");
const pointer = (path: string, md5: string, more = "\n  hash: md5\n  size: 14") =>
  `outs:\n- path: ${path}\n  md5: ${md5}${more}\n`;

// As DVC writes the list of a folder: https://dvc.org/doc/user-guide/project-structure/internal-files
const manifest = JSON.stringify([
  { md5: hash(TABLE), relpath: "a.csv" },
  { md5: hash(OTHER), relpath: "sub/b.csv" },
]);
const folderMd5 = `${hash(manifest)}.dir`;
const inCache = (root: string) => `${root}${folderMd5.slice(0, 2)}/${folderMd5.slice(2)}`;

async function collect(content: Readonly<Record<string, string>>, name: string, output?: string) {
  const scene = await workshop(content);
  const ports = { files: folderFiles(scene.work), documents: yamlDocuments(), md5 };
  const outcome = await readDvcPointer(ports, name, output)
    .then((data) => dvcSource(data, md5, (paths) => folderSource(scene.work, paths)))
    .then((source) => collectFiles({ ...scene.ports(), source }, scene.request))
    .then(({ record }) => record)
    .catch((error: unknown) => error);
  return { outcome, left: await scene.left() };
}

describe("a file that DVC tracks", () => {
  test("is collected, and DVC's name for it is recorded", async () => {
    const { outcome } = await collect(
      { "data/a.csv": TABLE, "data/a.csv.dvc": pointer("a.csv", hash(TABLE)) },
      "data/a.csv.dvc",
    );
    expect(outcome).toMatchObject({
      rows: 1,
      upstream: { kind: "dvc", md5: hash(TABLE), size: 14 },
      source: { kind: "files", files: [{ path: "data/a.csv" }] },
    });
  });

  test("is found by its stage in dvc.lock", async () => {
    const lock = `schema: '2.0'\nstages:\n  prep@x:\n    cmd: x\n    outs:\n    - path: out/a.csv\n      hash: md5\n      md5: ${hash(TABLE)}\n      size: 14\n`;
    const content = { "out/a.csv": TABLE, "dvc.lock": lock };
    expect((await collect(content, "dvc.lock", "prep@x/out/a.csv")).outcome).toMatchObject({ rows: 1 });
    expect((await collect(content, "dvc.lock", "prep@x/out/b.csv")).outcome).toMatchObject({
      code: "DVC_OUTPUT_MISSING",
      hint: expect.stringContaining("prep@x/out/a.csv"),
    });
    expect((await collect(content, "dvc.lock", "constructor/x")).outcome).toMatchObject({ code: "DVC_OUTPUT_MISSING" });
  });

  test.each([
    ["other bytes", OTHER, pointer("a.csv", hash(TABLE)), /MD5/],
    ["another size", TABLE, pointer("a.csv", hash(TABLE), "\n  hash: md5\n  size: 15"), /size/],
    [
      "CR LF for LF, since DVC 3",
      TABLE.replaceAll("\n", "\r\n"),
      pointer("a.csv", hash(TABLE), "\n  hash: md5"),
      /MD5/,
    ],
  ])("F-09 with %s is refused, and nothing is left", async (_, bytes, text, sentence) => {
    const { outcome, left } = await collect({ "a.csv": bytes, "a.csv.dvc": text }, "a.csv.dvc");
    expect(outcome).toMatchObject({ code: "SOURCE_CHANGED", problem: expect.stringMatching(sentence) });
    expect(left).toEqual({ kept: [], record: false });
  });

  test("may have CR LF for LF where DVC before version 3 wrote the pointer", async () => {
    const content = { "a.csv": TABLE.replaceAll("\n", "\r\n"), "a.csv.dvc": pointer("a.csv", hash(TABLE), "") };
    expect((await collect(content, "a.csv.dvc")).outcome).toMatchObject({ rows: 1, upstream: { size: null } });
  });

  test.each([".dvc/cache/files/md5/", ".dvc/cache/"])("is a folder whose list lies in %s", async (cache) => {
    const content = {
      "d/a.csv": TABLE,
      "d/sub/b.csv": OTHER,
      "d.dvc": pointer("d", folderMd5),
      [inCache(cache)]: manifest,
    };
    expect((await collect(content, "d.dvc")).outcome).toMatchObject({
      rows: 2,
      upstream: { md5: folderMd5 },
      files: [{ path: "a.csv" }, { path: "sub/b.csv" }],
    });
    const changed = await collect({ ...content, "d/sub/b.csv": TABLE }, "d.dvc");
    expect(changed.outcome).toMatchObject({ code: "SOURCE_CHANGED", problem: expect.stringContaining("d/sub/b.csv") });
    expect(changed.left).toEqual({ kept: [], record: false });
  });

  test("is a folder whose list is missing, or not the one", async () => {
    const content = { "d/a.csv": TABLE, "d.dvc": pointer("d", folderMd5) };
    expect((await collect(content, "d.dvc")).outcome).toMatchObject({ code: "DVC_CACHE_MISSING" });
    const damaged = { ...content, [inCache(".dvc/cache/files/md5/")]: manifest.replace("sub", "../..") };
    expect((await collect(damaged, "d.dvc")).outcome).toMatchObject({ code: "DVC_CACHE_MISSING" });
  });

  test.each([
    ["a way out", pointer("../../etc/a.csv", hash(TABLE))],
    ["a way out and back", pointer("../../work/a.csv", hash(TABLE))],
    ["an absolute path", pointer("/etc/a.csv", hash(TABLE))],
    ["no MD5", "outs:\n- path: a.csv\n"],
    ["an etag of S3", "outs:\n- path: a.csv\n  hash: etag\n  md5: abc\n"],
    ["two outputs", `${pointer("a.csv", hash(TABLE))}- path: b.csv\n  md5: ${hash(TABLE)}\n`],
    ["no outputs", "outs: []\n"],
  ])("F-25 with %s is refused", async (_, text) => {
    const { outcome } = await collect({ "data/a.csv": TABLE, "data/x.dvc": text }, "data/x.dvc");
    expect(outcome).toMatchObject({ code: "DVC_MALFORMED" });
  });

  test("has its path beside the pointer, or where wdir says", async () => {
    const up = { "a.csv": TABLE, "data/x.dvc": pointer("../a.csv", hash(TABLE)) };
    expect((await collect(up, "data/x.dvc")).outcome).toMatchObject({ rows: 1 });
    const beside = { "raw/a.csv": TABLE, "data/x.dvc": `wdir: ../raw\n${pointer("a.csv", hash(TABLE))}` };
    expect((await collect(beside, "data/x.dvc")).outcome).toMatchObject({ rows: 1 });
  });
});

test("the MD5 of text is that of its lines with LF alone, wherever the bytes are cut", async () => {
  const { work } = await workshop({});
  const text = `\r\n${"x".repeat(1024 * 1024 - 3)}\r\n\r\r\ny\r`;
  await writeFile(join(work, "a"), text);
  expect(await md5.ofFile(join(work, "a"))).toEqual({
    exact: hash(text),
    unixLines: hash(text.replaceAll("\r\n", "\n")),
  });
});
