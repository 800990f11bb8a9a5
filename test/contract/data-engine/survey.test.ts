import { describe, expect, test } from "vitest";
import type { Column } from "#core/data/column";
import { measureColumn } from "#core/data/drift/measure-column";
import { referenceOf } from "#core/data/drift/reference";
import { columnProfile, profileOf } from "#core/data/profile/profile-of";
import { NO_SURVEY, type SurveyRequest } from "#core/data/survey";
import { digestOf } from "#core/digest";
import { columnOf, csvOf, HOSTILE_NAMES } from "./support/csv-text.ts";
import { engines, stored } from "./support/engines.ts";

const numbers = (name: string, ...values: number[]): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from(values),
});
const words = (name: string, counts: Record<string, number>, missing = 0): Column => ({
  kind: "categorical",
  name,
  counts: new Map(Object.entries(counts)),
  missing,
  untold: { values: 0, rows: 0, sample: [] },
});

describe.each(engines)("a survey by the %s engine", (_, engine) => {
  const survey = async (content: string, request: Partial<SurveyRequest> = {}) =>
    engine.survey(await stored(content), { ...NO_SURVEY, ...request });
  const only = async (content: string, request: Partial<SurveyRequest> = {}) => {
    const [column] = (await survey(content, request)).columns;
    if (column === undefined) throw new Error("The survey has no column.");
    return column;
  };

  test("measures the checks that go with it", async () => {
    const content = "a,b\n1,x\n1,x\n";
    const checks = [{ kind: "type", column: "b", type: "integer" }, { kind: "distinct-rows" }] as const;
    expect((await survey(content, { checks })).measurement).toEqual({
      digest: digestOf(content),
      bytes: content.length,
      rows: 2,
      columns: ["a", "b"],
      results: [
        { broken: 2, checked: 2, firstLine: 2 },
        { broken: 1, checked: 2, firstLine: 3 },
      ],
    });
  });

  test("profiles the columns asked for, in that order; none of them, or all", async () => {
    const content = "a,b,c\n1,x,\n2,,\n-0,x,\n";
    const named = await survey(content, { columns: ["b", "a"], profile: { smallestGroup: 1 } });
    expect(named.columns.map(({ profile }) => profile)).toEqual([
      columnProfile(words("b", { x: 2 }, 1), { smallestGroup: 1 }),
      columnProfile(numbers("a", 1, 2, 0)),
    ]);
    expect((await survey(content, { columns: [] })).columns).toEqual([]);
    expect((await survey(content)).columns.map(({ profile }) => profile.name)).toEqual(["a", "b", "c"]);
  });

  test("types every column over all rows", async () => {
    const values: Record<string, readonly string[]> = {
      whole: ["1", "", "-3"],
      written: ["1.0", "2", "3"],
      wide: ["9007199254740993", "1", ""],
      endless: ["1e999", "1", "2"],
      huge: ["1".repeat(400), "1", "2"],
      comma: ["1,5", "2", "3"],
      day: ["2024-02-29", "", "2023-01-01"],
      time: ["2024-02-29", "2024-02-29T10:00Z", ""],
      noDay: ["2023-02-29", "2024-01-01", ""],
      truth: ["true", "FALSE", ""],
      empty: ["", "", ""],
      text: ["x", "1", "2"],
    };
    const names = Object.keys(values);
    const rows = [0, 1, 2].map((at) => names.map((name) => values[name]?.[at] ?? ""));
    const { columns } = await survey(csvOf(names, rows));
    expect(
      Object.fromEntries(columns.map(({ draft, profile }) => [draft["name"], [draft["logicalType"], profile.kind]])),
    ).toEqual({
      whole: ["integer", "numeric"],
      written: ["number", "numeric"],
      wide: ["integer", "numeric"],
      endless: ["string", "categorical"],
      huge: ["string", "categorical"],
      comma: ["string", "categorical"],
      day: ["date", "categorical"],
      time: ["timestamp", "categorical"],
      noDay: ["string", "categorical"],
      truth: ["boolean", "categorical"],
      empty: ["string", "categorical"],
      text: ["string", "categorical"],
    });
  });

  test("F-03 a word in the last of many rows makes a column one of words", async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => `${at % 50}`);
    expect(await only(`a\n${rows.join("\n")}\noops\n`)).toMatchObject({
      profile: { kind: "categorical", count: 60_001, distinct: 51 },
      draft: { logicalType: "string" },
    });
  });

  test("measures drift against rows as against the columns themselves", async () => {
    const reference = await stored("speed,phase,gone\n1,a,x\n2,a,x\n3,b,x\n4,,x\n", "reference.csv");
    const source = { kind: "rows", path: reference } as const;
    const { columns, absent } = await survey("phase,speed,fresh\na,2,1\nb,9,1\nc,,1\n", { reference: source });
    const drift = Object.fromEntries(columns.map((column) => [column.profile.name, column.drift]));
    const was = { speed: numbers("speed", 1, 2, 3, 4), phase: words("phase", { a: 2, b: 1 }, 1) };
    expect(drift).toEqual({
      speed: measureColumn(referenceOf(was.speed), numbers("speed", 2, 9, Number.NaN)),
      phase: measureColumn(referenceOf(was.phase), words("phase", { a: 1, b: 1, c: 1 })),
      fresh: null,
    });
    expect(absent).toEqual([measureColumn(referenceOf(words("gone", { x: 4 })), undefined)]);
  });

  test("measures drift against a stored profile", async () => {
    const was = [numbers("speed", 1, 2, 3, 4), words("phase", { a: 9, b: 7, rare: 1 }), words("gone", { x: 4 })];
    const profile = profileOf(was, { smallestGroup: 2 });
    const source = { kind: "profile", profile } as const;
    const { columns, absent } = await survey("speed,phase\n2,a\n9,b\n7,new\n", { reference: source });
    expect(columns.map(({ drift }) => drift?.ks?.statistic ?? drift?.chi2?.dof)).toEqual([
      expect.closeTo(2 / 3, 12),
      2,
    ]);
    expect(columns[1]?.drift).toMatchObject({ n_reference: 17, n_current: 3, unseen_categories: null });
    expect(absent).toMatchObject([{ name: "gone", problem: "absent from the current data" }]);
  });

  test("leaves out of the reference what is not asked for, and tells what is asked for and gone", async () => {
    const reference = { kind: "rows", path: await stored("a,gone,other\n1,1,1\n2,2,2\n", "reference.csv") } as const;
    const { columns, absent } = await survey("a\n1\n2\n", { reference, columns: ["gone", "a"] });
    expect(columns.map(({ profile }) => profile.name)).toEqual(["a"]);
    expect(absent.map(({ name }) => name)).toEqual(["gone"]);
    const profile = profileOf([numbers("a", 1, 2), numbers("gone", 1, 2), numbers("other", 1, 2)]);
    const profiled = await survey("a\n1\n2\n", { reference: { kind: "profile", profile }, columns: ["gone", "a"] });
    expect(profiled.absent.map(({ name }) => name)).toEqual(["gone"]);
    const none = await survey("a\n1\n2\n", { reference, columns: [] });
    expect([none.columns, none.absent]).toEqual([[], []]);
  });

  test("says that a column is of another kind than the reference's", async () => {
    const reference = { kind: "rows", path: await stored("a\n1\n2\n", "reference.csv") } as const;
    const { drift } = await only("a\nx\ny\n", { reference });
    expect(drift).toMatchObject({ kind: "numeric", problem: "of another kind in the current data", n_current: 0 });
  });

  test("F-05 keeps numbers as doubles and drafts no bound that their exact texts would break", async () => {
    const content = columnOf("a", ["9007199254740993", "9007199254740993"]);
    const { profile, draft } = await only(content);
    expect(profile).toMatchObject({ summary: { min: 9007199254740992, max: 9007199254740992, distinct: 1 } });
    // A bound at 2^53 would refuse the file's own 2^53 + 1, which is compared exactly.
    expect(draft).toEqual({ name: "a", logicalType: "integer", required: true });
  });

  test("F-07 surveys 5,000 columns", async () => {
    const names = Array.from({ length: 5_000 }, (_, at) => `c${at}`);
    const row = (start: number) => names.map((_, at) => (at % 2 === 0 ? `${start + at}` : `w${start}`)).join(",");
    const { columns } = await survey(`${names.join(",")}\n${row(1)}\n${row(2)}\n`);
    expect(columns.map(({ profile }) => profile.name)).toEqual(names);
    expect(new Set(columns.map(({ profile }) => profile.kind))).toEqual(new Set(["numeric", "categorical"]));
    expect(columns[4_998]?.profile).toMatchObject({ summary: { min: 4_999, max: 5_000 } });
  }, 120_000);

  test("F-07 tells 100,000 values one by one, and of more their exact number alone", async () => {
    const values = (count: number) =>
      `a\n${Array.from({ length: count + 1 }, (_, at) => `v${at % count}`).join("\n")}\n`;
    const few = await only(values(100_000));
    expect(few.profile).toMatchObject({ count: 100_001, distinct: 100_000 });
    const reference = { kind: "rows", path: await stored(values(100_001), "reference.csv") } as const;
    const many = await only(values(100_001), { reference, profile: { smallestGroup: 1 } });
    expect(many.profile).toMatchObject({
      count: 100_002,
      distinct: 100_001,
      top: [],
      unnamed: { values: 100_001, rows: 100_002 },
    });
    expect(many.drift).toMatchObject({ problem: "too many values", n_reference: 100_002, n_current: 100_002 });
    expect(many.draft).toEqual({ name: "a", logicalType: "string", required: true });
  }, 120_000);

  test("F-07 knows a key and times among more than 100,000 values", async () => {
    const times = Array.from({ length: 100_001 }, (_, at) => new Date(at * 1_000).toISOString());
    expect((await only(`at\n${times.join("\n")}\n`)).draft).toEqual({
      name: "at",
      logicalType: "timestamp",
      required: true,
      unique: true,
    });
  }, 60_000);

  test("F-08, F-13 surveys columns with hostile names as any other", async () => {
    const rows = ["1", "2", "4"].map((value, at) => [...HOSTILE_NAMES.map(() => value), at === 1 ? "" : "y"]);
    const content = csvOf([...HOSTILE_NAMES, "a"], rows);
    const reference = { kind: "rows", path: await stored(content, "reference.csv") } as const;
    const anonymity = { quasiIdentifiers: [...HOSTILE_NAMES], sensitive: "a", smallestGroup: 2 };
    const found = await survey(content, { reference, anonymity, label: "a" });
    expect(found.columns.map(({ profile }) => profile.name)).toEqual([...HOSTILE_NAMES, "a"]);
    for (const [at, name] of HOSTILE_NAMES.entries())
      expect(found.columns[at], name).toMatchObject({
        profile: { count: 3, summary: { max: 4 } },
        drift: { name, psi: 0 },
        draft: { name },
      });
    expect(found.anonymity).toMatchObject({ groups: 3, k: 1, small_rows: 3, l_distinct: 1 });
  });

  test("F-08 keeps apart what only looks alike", async () => {
    const { profile } = await only(columnOf("a", ["caf\u00e9", "cafe\u0301", "a", "\u0430", "x\u200b", "x"]));
    expect(profile).toMatchObject({ distinct: 6 });
  });
});
