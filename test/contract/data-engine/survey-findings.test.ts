import { describe, expect, test } from "vitest";
import { NO_SURVEY, type SurveyRequest } from "#core/data/survey";
import { csvOf } from "./support/csv-text.ts";
import { engines, stored } from "./support/engines.ts";

/** A table of so many rows, each made from its number. */
const table = (header: readonly string[], rows: number, row: (at: number) => readonly (string | number)[]) =>
  csvOf(
    header,
    Array.from({ length: rows }, (_, at) => row(at).map(String)),
  );

describe.each(engines)("a survey by the %s engine finds", (_, engine) => {
  const survey = async (content: string, request: Partial<SurveyRequest> = {}) =>
    engine.survey(await stored(content), { ...NO_SURVEY, ...request });
  const told = async (content: string, label = "label") => {
    const { columns } = await survey(content, { label });
    return Object.fromEntries(columns.map(({ profile, labelTold }) => [profile.name, labelTold]));
  };

  describe("personal data", () => {
    const people = table(["contact", "phase", "note"], 600, (at) => [
      `ada.${at}@example.org`,
      at % 2 === 0 ? "Climb" : "Descent",
      at % 3 === 0 ? `grace.${at}@example.org` : `remark ${at}`,
    ]);

    test("by its values, and keeps every value of it to itself", async () => {
      const found = await survey(people, { profile: { smallestGroup: 1 } });
      expect(found.columns.map(({ personal }) => personal)).toEqual([
        { column: "contact", kind: "e-mail address", score: 1, matched: 600, checked: 600, named: false },
        null,
        null,
      ]);
      expect(found.columns[0]).toMatchObject({
        profile: { distinct: 600, top: [] },
        draft: { name: "contact", logicalType: "string", required: true, unique: true, customProperties: [{}] },
      });
      expect(JSON.stringify([found.columns[0], found.columns[1]])).not.toContain("@");
    });

    test("in numbers, of which neither the ends nor the values are told", async () => {
      // Numbers of the ranges set aside for tests, with the check digit of Luhn.
      const cards = ["4111111111111111", "5555555555554444", "4012888888881881", "4242424242424242"];
      const { columns } = await survey(table(["pan"], 40, (at) => [cards[at % 4] ?? ""]));
      expect(columns[0]?.personal).toMatchObject({ kind: "card number", matched: 4, checked: 4, named: true });
      expect(columns[0]).toMatchObject({ profile: { count: 40, summary: null } });
      expect(JSON.stringify(columns)).not.toMatch(/[45]\d{14}/);
    });

    test("among values spread over all that a column has", async () => {
      const mixed = table(["contact"], 4_000, (at) => [
        at < 1_000 ? `aa${String(at).padStart(4, "0")}` : `b${at}@example.org`,
      ]);
      const { columns } = await survey(mixed);
      expect(columns[0]?.personal).toMatchObject({ kind: "e-mail address", checked: 1_000, matched: 750 });
    });

    test("F-07 in a column with more than 100,000 values, by its first 1,000 rows with one", async () => {
      const many = table(["contact"], 100_003, (at) => [at === 0 ? "" : `u${Math.max(2, at)}@example.org`]);
      const { columns } = await survey(many, { profile: { smallestGroup: 1 } });
      expect(columns[0]?.personal).toMatchObject({ kind: "e-mail address", matched: 999, checked: 999 });
      expect(columns[0]).toMatchObject({ profile: { distinct: 100_001, missing: 1 } });
      expect(JSON.stringify(columns)).not.toContain("@");
    }, 60_000);
  });

  describe("how much of the label a column tells:", () => {
    test("all of it, none of it, and what a table of two by two says", async () => {
      const content = table(["copy", "side", "noise", "half", "label"], 400, (at) => {
        const label = at % 2;
        // Of the rows with 1, three quarters are "up"; of those with 0, one quarter.
        const isUp = Math.floor(at / 2) % 4 < (label === 1 ? 3 : 1);
        return [`c${label}`, label === 1 ? 0.5 : -0.5, Math.floor(at / 2) % 5, isUp ? "up" : "down", label];
      });
      const { copy, side, noise, half, label } = await told(content);
      expect([copy, side, noise, label]).toEqual([1, 1, 0, null]);
      // U = 1 − H(¾)/ln 2 with H(p) = −p·ln p − (1 − p)·ln(1 − p).
      expect(half).toBeCloseTo(1 + (0.75 * Math.log2(0.75) + 0.25 * Math.log2(0.25)), 12);
    });

    test("a missing value can be what tells it", async () => {
      const content = table(["refund", "date", "label"], 200, (at) => [
        at % 2 === 0 ? "" : at % 7,
        at % 2 === 0 ? "" : "x",
        at % 2,
      ]);
      // One value beside missing ones is no bucket to compare with.
      expect(await told(content)).toEqual({ refund: 1, date: null, label: null });
    });

    test("rows without a label are left out", async () => {
      const content = table(["a", "label"], 300, (at) => [at % 3, at % 3 === 2 ? "" : at % 3]);
      expect(await told(content)).toEqual({ a: 1, label: null });
    });

    test("nothing for an id, a constant, few rows, many classes, or a label that is not there", async () => {
      const content = table(["id", "same", "even", "label"], 400, (at) => [`u${at}`, "x", at % 2, at % 2]);
      expect(await told(content)).toEqual({ id: null, same: null, even: 1, label: null });
      expect(await told(content, "gone")).toEqual({ id: null, same: null, even: null, label: null });
      expect(await told(table(["a", "label"], 99, (at) => [at % 2, at % 2]))).toEqual({ a: null, label: null });
      expect(await told(table(["a", "label"], 210, (at) => [at % 2, at % 21]))).toEqual({ a: null, label: null });
      expect(await told(table(["a", "label"], 200, (at) => [at % 2, at % 20]))).toMatchObject({ label: null });
    });

    test("a number in quantiles, with both ends of each where they belong", async () => {
      // 400 different numbers make twenty buckets of twenty; the label turns between rank 200 and 201.
      const content = table(["x", "label"], 400, (at) => [at / 8, at < 200 ? "low" : "high"]);
      expect(await told(content)).toEqual({ x: 1, label: null });
    });
  });

  describe("anonymity:", () => {
    // Machanavajjhala et al. 2007, figure 3: their 3-diverse table of three groups of four.
    const DIVERSE = [
      ...["heart", "viral", "cancer", "cancer"].map((illness) => ["1305*", "<=40", illness]),
      ...["cancer", "heart", "viral", "viral"].map((illness) => ["1485*", ">40", illness]),
      ...["heart", "viral", "cancer", "cancer"].map((illness) => ["1306*", "<=40", illness]),
    ];
    const request = { quasiIdentifiers: ["zip", "age"], sensitive: "illness", smallestGroup: 5 };
    const anonymous = async (rows: readonly (readonly string[])[], asked: Partial<typeof request> = {}) =>
      (await survey(csvOf(["zip", "age", "illness"], rows), { anonymity: { ...request, ...asked } })).anonymity;

    test("k, l and the rows in small groups of a published table", async () => {
      const found = await anonymous(DIVERSE);
      expect(found).toMatchObject({ groups: 3, rows: 12, k: 4, small_groups: 3, small_rows: 12, l_distinct: 3 });
      // Entropy of (¼, ¼, ½) is 1.5·ln 2, so entropy l is 2^1.5.
      expect(found?.l_entropy).toBe(2.828427125);
    });

    test("missing quasi-identifiers are one group, rows without a sensitive value give nothing away", async () => {
      const rows = [
        ["", "30", "viral"],
        ["", "30", ""],
        ["", "30", "heart"],
        ["1", "", ""],
        ["1", "", ""],
      ];
      expect(await anonymous(rows, { smallestGroup: 3 })).toMatchObject({
        groups: 2,
        k: 2,
        small_groups: 1,
        small_rows: 2,
        l_distinct: 2,
      });
    });

    test("quasi-identifiers are compared as text", async () => {
      const rows = ["1", "1.0", "01"].map((zip) => [zip, "30", "viral"]);
      expect(await anonymous(rows)).toMatchObject({ groups: 3, k: 1, l_distinct: 1, l_entropy: 1 });
    });

    test("no answer without a question, or when the file lacks one of the columns", async () => {
      const content = csvOf(["zip", "age", "illness"], DIVERSE);
      expect((await survey(content)).anonymity).toBeNull();
      expect(await anonymous(DIVERSE, { quasiIdentifiers: ["zip", "gone"] })).toBeNull();
      expect(await anonymous(DIVERSE, { sensitive: "gone" })).toBeNull();
      expect(await anonymous(DIVERSE, { quasiIdentifiers: [] })).toBeNull();
      const without = await survey(content, { anonymity: { quasiIdentifiers: ["zip"], smallestGroup: 5 } });
      expect(without.anonymity).toMatchObject({ k: 4, l_distinct: null, l_entropy: null });
    });
  });
});
