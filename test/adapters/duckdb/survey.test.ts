import { readdir } from "node:fs/promises";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { anonymity } from "#core/data/privacy/anonymity";
import { referenceProfile } from "#core/data/profile/profile-of";
import { NO_SURVEY, type SurveyRequest } from "#core/data/survey";
import { temporaryFolder } from "#test/support/temporary-folder";
import { parquet, stored } from "./support/files.ts";

const engine = duckDbDataEngine({ threads: 2 });
const ROWS = 2_000;
const KINDS = ["a", "b", "", "d"];
const rows = Array.from({ length: ROWS }, (_, at) => ({
  id: at,
  score: at % 7 === 0 ? null : Math.round(Math.sin(at) * 1_000) / 8,
  kind: KINDS[at % 4] ?? "",
  label: at % 4 === 1 || at % 11 === 0 ? "yes" : "no",
}));
const csv = `id,score,kind,label\n${rows.map(({ id, score, kind, label }) => `${id},${score ?? ""},${kind},${label}`).join("\n")}\n`;
const json = rows.map((row) => `${JSON.stringify(row)}\n`).join("");

async function survey(path: string, request: Partial<SurveyRequest> = {}) {
  return engine.survey(path, { ...NO_SURVEY, ...request });
}

test("says the same of the same rows, in whatever form they are stored", async () => {
  const reference = await stored(csv.split("\n").slice(0, 900).join("\n"), "reference.csv");
  const request: Partial<SurveyRequest> = {
    columns: ["id", "score", "kind", "label"],
    label: "label",
    reference: { kind: "rows", path: reference },
    anonymity: { quasiIdentifiers: ["kind"], sensitive: "label", smallestGroup: 600 },
    queries: ["SELECT sum(score) FROM data WHERE id > 10"],
  };
  const plain = await stored(csv);
  const expected = await survey(plain, request);
  expect(expected.columns.map(({ labelTold }) => (labelTold ?? -1) > 0.3)).toEqual([false, false, true, false]);
  const others = [
    await parquet(`SELECT id, score, kind, label FROM read_csv('${plain}', types = {label: 'VARCHAR'})`),
    await stored(gzipSync(csv), "data.csv.gz"),
    await stored(zstdCompressSync(csv), "data.csv.zst"),
    await stored(json, "data.jsonl"),
    await stored(gzipSync(json), "data.jsonl.gz"),
    await stored(zstdCompressSync(json), "data.jsonl.zst"),
  ];
  for (const path of others) {
    const { measurement, ...found } = await survey(path, request);
    expect(measurement.rows, path).toBe(ROWS);
    expect(found, path).toEqual({ ...expected, measurement: undefined });
  }
});

test("tells small groups and diversity as the definition does", async () => {
  const groups = new Map<string, Map<string, number>>();
  for (const { kind, label } of rows) {
    const group = groups.get(kind) ?? new Map<string, number>();
    groups.set(kind, group.set(label, (group.get(label) ?? 0) + 1));
  }
  const expected = anonymity(
    [...groups.values()].map((sensitive) => ({
      rows: [...sensitive.values()].reduce((sum, count) => sum + count, 0),
      sensitive,
    })),
    501,
  );
  const asked = { quasiIdentifiers: ["kind"], sensitive: "label", smallestGroup: 501 };
  const found = await survey(await stored(csv), { columns: [], anonymity: asked });
  expect(found.anonymity).toEqual({ ...expected, l_entropy: expect.closeTo(expected.l_entropy ?? 0, 9) });
  const without = await survey(await stored(csv), {
    columns: [],
    anonymity: { quasiIdentifiers: ["kind", "gone"], smallestGroup: 5 },
  });
  expect(without.anonymity).toBeNull();
});

test("a column of a million ids is counted exactly, and none of its values is told", async () => {
  const path = await parquet("SELECT md5((i % 999999)::VARCHAR) AS token, i AS n FROM range(1000000) r(i)");
  const { columns } = await survey(path);
  expect(columns[0]?.profile).toMatchObject({ count: 1_000_000, distinct: 999_999, top: [] });
  expect(columns[1]?.profile).toMatchObject({ summary: { distinct: 1_000_000, min: 0, max: 999_999 } });
});

test("drift against a profile of the same rows finds none, and columns only the profile has are absent", async () => {
  const path = await stored(csv);
  const { columns } = await survey(path);
  const profile = referenceProfile(columns.map(({ profile }) => profile));
  const missing = await stored("id,kind\n1,a\n2,b\n", "other.csv");
  const same = await survey(path, { reference: { kind: "profile", profile } });
  expect(same.columns.map(({ drift }) => drift?.effect)).toEqual([0, 0, 0, 0]);
  expect(same.absent).toEqual([]);
  const other = await survey(missing, { reference: { kind: "profile", profile } });
  expect(other.absent.map(({ name, problem }) => [name, problem])).toEqual([
    ["score", "absent from the current data"],
    ["label", "absent from the current data"],
  ]);
});

test.each([
  'a"b',
  "a\"; COPY (SELECT 1) TO 'owned.csv'; --",
  "a' OR 1=1 --",
  "*/ DROP VIEW data; /*",
  "row_no",
  "v0",
  "t0",
  "file_row_number",
  "data",
  "\u202Eabc",
  "x\ny",
])("F-08, F-13 a column named %j is surveyed as any other", async (name) => {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const content = `${quoted},B\n${Array.from({ length: 200 }, (_, at) => `${at % 2 === 0 ? "x" : "y"},${at % 2}`).join("\n")}\n`;
  const asked: Partial<SurveyRequest> = {
    checks: [
      { kind: "unique", columns: [name, "B"] },
      { kind: "distinct-rows" },
      { kind: "exists-in", columns: [name], other: { path: "", columns: [name] } },
    ],
    queries: [`SELECT count(${quoted}) FROM data`],
    label: "B",
    anonymity: { quasiIdentifiers: [name], sensitive: "B", smallestGroup: 5 },
  };
  for (const path of [
    await stored(content),
    await parquet(`SELECT i % 2 AS "B", 'x' AS ${quoted} FROM range(200) r(i)`),
  ]) {
    const checks = asked.checks?.map((check) =>
      check.kind === "exists-in" ? { ...check, other: { ...check.other, path } } : check,
    );
    const request = { ...asked, checks: checks ?? [], reference: { kind: "rows", path } as const };
    const found = await survey(path, request);
    expect(found.measurement.results.map(({ broken }) => broken)).toEqual([198, 198, 0]);
    expect(found.answers).toEqual([{ kind: "number", value: 200 }]);
    expect(found.columns.find(({ profile }) => profile.name === name)).toMatchObject({ profile: { count: 200 } });
    expect((await engine.sharedRows(path, path, undefined)).shared).toBe(200);
  }
});

test("a child that is killed in the middle of a survey is one clear error and leaves nothing behind", async () => {
  const temporary = await temporaryFolder();
  const entry = await stored(
    `import { mkdirSync, writeFileSync } from "node:fs";
    process.once("message", ({ workFolder }) => {
      mkdirSync(workFolder + "/spill");
      writeFileSync(workFolder + "/spill/kept-0.parquet", "half");
      process.kill(process.pid, "SIGKILL");
    });`,
    "killed.mjs",
  );
  const mortal = duckDbDataEngine({ entry, temporaryFolder: temporary });
  await expect(mortal.survey(await stored(csv), NO_SURVEY)).rejects.toMatchObject({ code: "DATA_ENGINE_DIED" });
  expect(await readdir(temporary)).toEqual([]);
});
