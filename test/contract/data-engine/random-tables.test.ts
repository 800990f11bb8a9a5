import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import type { DataMeasurement } from "#core/data/data-measurement";
import { NO_SURVEY } from "#core/data/survey";
import { UserError } from "#core/errors";
import { csvOf, HOSTILE_NAMES } from "./support/csv-text.ts";
import { csv, duckDb, type Engine, RUNS, stored } from "./support/engines.ts";
import { anyCell, kindOfCells } from "./support/random-cells.ts";

const bounds = fc.constantFrom<{ min?: number; max?: number }>(
  { min: 0 },
  { max: 1.5 },
  { min: -7, max: 1000 },
  { min: 9007199254740992 },
  { max: 9007199254740992 },
  { min: 1e30 },
  { max: -1e300 },
);
const check = (column: string): fc.Arbitrary<Check> =>
  fc.oneof(
    fc.constantFrom<Check>(
      { kind: "type", column, type: "integer" },
      { kind: "type", column, type: "number" },
      { kind: "type", column, type: "date" },
      { kind: "type", column, type: "boolean" },
      { kind: "present", column },
      { kind: "unique", columns: [column] },
      { kind: "unique", columns: ["a", "b"] },
      { kind: "date-between", column, min: "2024-01-01", max: "2024-12-31" },
      { kind: "date-between", column, min: "2024-01-01T04:30:00.123Z" },
      { kind: "length", column, min: 2, max: 3 },
      { kind: "pattern", column, pattern: "^[0-9.]+$" },
      { kind: "pattern", column, pattern: "x.y|\\p{L}$" },
      { kind: "present", column: "gone" },
    ),
    bounds.map((range): Check => ({ kind: "between", column, ...range })),
    fc.array(anyCell, { maxLength: 4 }).map((values): Check => ({ kind: "one-of", column, values })),
  );

/** Rows whose columns are each of one kind, mostly. */
const rowsOf = (columns: number, most = 40): fc.Arbitrary<string[][]> =>
  fc
    .tuple(...Array.from({ length: columns }, () => kindOfCells))
    .chain((kinds) => fc.array(fc.tuple(...kinds), { minLength: 1, maxLength: most }));

describe("both engines give the same", () => {
  test("verdicts, counts and lines of random tables", async () => {
    const table = fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 40 });
    const checks = fc.array(fc.oneof(check("a"), check("b")), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, checks, async (rows, asked) => {
        const path = await stored(csvOf(["a", "b"], rows));
        expect(await duckDb.measure(path, asked)).toEqual(await csv.measure(path, asked));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("counts of keys over one or two files", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(2), rowsOf(2), async (rows, others) => {
        const path = await stored(csvOf(["a", "b"], rows));
        const other = await stored(csvOf(["x", "y"], others), "other.csv");
        const checks: Check[] = [
          { kind: "distinct-rows" },
          { kind: "unique", columns: ["a", "b"] },
          { kind: "exists-in", columns: ["a"], other: { path: other, columns: ["x"] } },
          { kind: "exists-in", columns: ["b", "a"], other: { path: other, columns: ["x", "y"] } },
        ];
        expect(await duckDb.measure(path, checks)).toEqual(await csv.measure(path, checks));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("shared rows", async () => {
    const chosen = fc.constantFrom(undefined, ["b"], ["b", "a"]);
    await fc.assert(
      fc.asyncProperty(rowsOf(2), rowsOf(2), chosen, async (left, right, columns) => {
        const paths = [
          await stored(csvOf(["a", "b"], left), "left.csv"),
          await stored(csvOf(["b", "a"], [...right, ...left.slice(0, 2).map((row) => row.toReversed())]), "right.csv"),
        ] as const;
        expect(await duckDb.sharedRows(...paths, columns)).toEqual(await csv.sharedRows(...paths, columns));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("surveys: profile, drift, personal data, draft, leakage and anonymity", async () => {
    const names = fc.uniqueArray(fc.constantFrom(...HOSTILE_NAMES), { minLength: 3, maxLength: 3 });
    const scene = fc.record({
      names,
      now: rowsOf(3, 30),
      before: rowsOf(3, 30),
      times: fc.constantFrom(1, 8),
      k: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ names: [a = "", b = "", c = ""], now, before, times, k }) => {
        // Repeated, so that there are rows enough for leakage to be told.
        const path = await stored(csvOf([a, b, c], Array.from({ length: times }, () => now).flat()));
        const reference = await stored(csvOf([b, a, "gone"], before), "reference.csv");
        const request = {
          ...NO_SURVEY,
          profile: { smallestGroup: k, sampleSize: 7 },
          reference: { kind: "rows", path: reference },
          anonymity: { quasiIdentifiers: [a, b], sensitive: c, smallestGroup: k },
          label: c,
        } as const;
        expect(await duckDb.survey(path, request)).toEqual({ ...(await csv.survey(path, request)) });
      }),
      { numRuns: RUNS },
    );
  }, 180_000);

  test("answer or refusal for random bytes", async () => {
    const outcome = async (engine: Engine, path: string): Promise<DataMeasurement | string> =>
      engine.measure(path, [{ kind: "present", column: "a" }]).catch((error: unknown) => {
        if (error instanceof UserError) return `${error.code} ${error.problem}`;
        throw error;
      });
    const bytes = fc.string({ unit: fc.constantFrom(...'a1,,\n\n"" é'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bytes, async (text) => {
        const path = await stored(`a,b\n${text}`);
        expect(await outcome(duckDb, path)).toEqual(await outcome(csv, path));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
