import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { yamlDocuments } from "#adapters/yaml/documents";
import type { ColumnType } from "#core/data/check";
import { type Column, NOTHING_UNTOLD } from "#core/data/column";
import type { Contract } from "#core/data/contract";
import { inferContract, type PropertyDraft } from "#core/data/infer-contract";
import { readContract } from "#core/data/read-contract";
import { NO_SURVEY } from "#core/data/survey";
import { surveyColumn } from "#core/data/survey-column";
import { surveyRequest, validate } from "#core/data/validate";
import { temporaryFolder } from "#test/support/temporary-folder";
import { csvOf } from "../../contract/data-engine/support/csv-text.ts";
import { kindOfCells } from "../../contract/data-engine/support/random-cells.ts";

const documents = yamlDocuments();
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
  untold: NOTHING_UNTOLD,
});

const draftOf = (column: Column, type: ColumnType, smallestGroup = 1) =>
  surveyColumn(column, { type, profile: { smallestGroup }, reference: undefined }).survey.draft;

function inferred(drafts: readonly PropertyDraft[], rows: number): Contract {
  const text = documents.print(inferContract(drafts, { id: "trips", rows }));
  return readContract(text, documents, "trips.odcs.yaml");
}

const property = (column: Column, type: ColumnType, rows: number) =>
  inferred([draftOf(column, type)], rows).schema[0]?.properties[0];

describe("an inferred contract", () => {
  test("gives whole numbers a range with slack that does not turn negative", () => {
    expect(property(numbers("age", 1, 2, 11, 2), "integer", 4)).toMatchObject({
      logicalType: "integer",
      required: true,
      logicalTypeOptions: { minimum: 0, maximum: 12 },
    });
  });

  test("calls numbers whole only when the file writes them so", () => {
    expect(property(numbers("age", 1, 2, 3), "number", 3)?.logicalType).toBe("number");
  });

  test("takes few repeated words for a choice and many for text", () => {
    expect(property(words("phase", { Climb: 60, Descent: 40 }), "string", 100)?.quality).toMatchObject([
      { metric: "invalidValues", arguments: { validValues: ["Climb", "Descent"] }, mustBe: 0 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`v${at}`, 10]));
    expect(property(words("species", many), "string", 1_010)?.quality).toEqual([]);
    expect(property(words("note", { [`long ${"x".repeat(200)}`]: 50 }), "string", 50)?.quality).toEqual([]);
  });

  test("makes no choice that would name a small group", () => {
    const column = words("phase", { Climb: 60, Oddity: 4 });
    expect(draftOf(column, "string", 5)).not.toHaveProperty("quality");
    expect(draftOf(column, "string", 4)).toHaveProperty("quality");
  });

  test("tells dates from times", () => {
    const type = (counts: Record<string, number>) => property(words("x", counts), "date", 10)?.logicalType;
    expect(type({ "2024-01-02": 5, "2024-01-03": 5 })).toBe("date");
    expect(type({ "2024-01-02T10:00:00Z": 9, "2024-01-02": 1 })).toBe("timestamp");
  });

  test("allows as much missing as there is and a little more", () => {
    const found = property(words("speed", { slow: 75 }, 25), "string", 100);
    expect(found).toMatchObject({ required: false });
    expect(found?.quality).toMatchObject([{ metric: "nullValues", unit: "percent", mustBeLessOrEqualTo: 30 }, {}]);
  });

  test("finds the key", () => {
    expect(property(numbers("id", 3, 1, 2), "integer", 3)).toMatchObject({ unique: true });
    expect(property(numbers("price", 1.5, 2.5), "number", 2)).toMatchObject({ unique: false });
    expect(property(words("code", { a: 1, b: 1 }), "string", 2)).toMatchObject({ unique: true });
  });

  test("marks what seems to be personal data, and tells no value of it", () => {
    const mails = words("contact", { "ada@example.org": 50, "grace@example.org": 60 });
    expect(draftOf(mails, "string")).toEqual({
      name: "contact",
      logicalType: "string",
      required: true,
      customProperties: [{ property: "personalData", value: true }],
    });
    expect(property(mails, "string", 110)?.customProperties).toHaveLength(1);
    expect(draftOf(numbers("dob", 19_800_101, 19_910_203), "integer")).not.toHaveProperty("logicalTypeOptions");
  });

  test("F-05 has no bound that a document cannot hold exactly", () => {
    for (const ends of [
      [-1.7e308, 1.7e308],
      [-(2 ** 53), 2 ** 53],
    ]) {
      const draft = draftOf(numbers("x", ...ends), "number");
      expect(draft).toMatchObject({ name: "x", logicalType: "number" });
      expect(draft).not.toHaveProperty("logicalTypeOptions");
    }
    expect(draftOf(numbers("x", 1, 2 ** 53), "integer")).toMatchObject({ logicalTypeOptions: { minimum: 0 } });
  });

  test("rounds a bound away from the data, also where the rounding's own arithmetic falls short", () => {
    // 0.0056548200000000005 times 10^8 rounds to a whole number, and that back to less than the value itself.
    for (const value of [0.0056548200000000005, 0.0009395440000000001, 54821300000]) {
      for (const signed of [value, -value]) {
        const options = draftOf(numbers("x", signed), "number")["logicalTypeOptions"];
        const { minimum, maximum } = options as { minimum: number; maximum: number };
        expect([minimum <= signed, maximum >= signed], String(signed)).toEqual([true, true]);
      }
    }
  });

  test("holds every number it was made from", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(value, { minLength: 1 }),
          value.map((one) => [one]),
        ),
        (values) => {
          const options = draftOf(numbers("x", ...values), "number")["logicalTypeOptions"];
          const { minimum, maximum } = { ...(options as { minimum?: number; maximum?: number } | undefined) };
          for (const each of values) {
            expect(each).toBeGreaterThanOrEqual(minimum ?? Number.NEGATIVE_INFINITY);
            expect(each).toBeLessThanOrEqual(maximum ?? Number.POSITIVE_INFINITY);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("is kept by the table it was made from, whatever is in it", async () => {
    const engine = csvDataEngine();
    const folder = await temporaryFolder();
    const path = join(folder, "trips.csv");
    const tables = fc
      .tuple(kindOfCells, kindOfCells, kindOfCells)
      .chain((kinds) => fc.array(fc.tuple(...kinds), { minLength: 1, maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(1, 7), async (some, times) => {
        const rows = Array.from({ length: times }, () => some).flat();
        await writeFile(path, csvOf(["a", "b", "c"], rows));
        const { columns } = await engine.survey(path, { ...NO_SURVEY, profile: { smallestGroup: 1 } });
        const contract = inferred(
          columns.map(({ draft }) => draft),
          rows.length,
        );
        const expectations = { contract, previous: undefined, now: undefined, related: new Map() };
        const found = validate(expectations, await engine.survey(path, surveyRequest(expectations, undefined)));
        // Warnings are about what every contract asks: rows that are copies, columns that look like personal data.
        const broken = found.filter(({ finding }) => finding.severity === "error");
        expect(broken.map(({ finding }) => finding.sentence)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
