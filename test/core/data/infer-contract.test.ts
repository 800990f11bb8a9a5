import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import type { Column } from "#core/data/column";
import type { Contract } from "#core/data/contract";
import { inferContract } from "#core/data/infer-contract";
import { readContract } from "#core/data/read-contract";
import { requirementsOf } from "#core/data/requirement";

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
});

function inferred(columns: readonly Column[], rows: number): Contract {
  const text = documents.print(inferContract(columns, { id: "trips", rows }));
  return readContract(text, documents, "trips.odcs.yaml");
}

const property = (column: Column, rows: number) => inferred([column], rows).schema[0]?.properties[0];

describe("an inferred contract", () => {
  test("gives whole numbers a range with slack that does not turn negative", () => {
    expect(property(numbers("age", 1, 2, 11, 2), 4)).toMatchObject({
      logicalType: "integer",
      required: true,
      logicalTypeOptions: { minimum: 0, maximum: 12 },
    });
  });

  test("takes few repeated words for a choice and many for text", () => {
    expect(property(words("phase", { Climb: 60, Descent: 40 }), 100)?.quality).toMatchObject([
      { metric: "invalidValues", arguments: { validValues: ["Climb", "Descent"] }, mustBe: 0 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`v${at}`, 10]));
    expect(property(words("species", many), 1_010)?.quality).toEqual([]);
  });

  test("knows dates, times and booleans by all their values", () => {
    const type = (counts: Record<string, number>) => property(words("x", counts), 10)?.logicalType;
    expect(type({ "2024-01-02": 5, "2024-01-03": 5 })).toBe("date");
    expect(type({ "2024-01-02T10:00:00Z": 10 })).toBe("timestamp");
    expect(type({ true: 4, false: 6 })).toBe("boolean");
    expect(type({ "2024-01-02": 9, unknown: 1 })).toBe("string");
  });

  test("allows as much missing as there is and a little more", () => {
    const found = property(words("speed", { slow: 75 }, 25), 100);
    expect(found).toMatchObject({ required: false });
    expect(found?.quality).toMatchObject([{ metric: "nullValues", unit: "percent", mustBeLessOrEqualTo: 30 }, {}]);
  });

  test("finds the key", () => {
    expect(property(numbers("id", 3, 1, 2), 3)).toMatchObject({ unique: true });
    expect(property(numbers("price", 1.5, 2.5), 2)).toMatchObject({ unique: false });
  });

  test("holds every number it was made from", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), { minLength: 1 }),
        (values) => {
          const contract = inferred([numbers("x", ...values)], values.length);
          const between = requirementsOf(contract).find(({ check }) => check.kind === "between")?.check;
          const { min = 0, max = 0 } = between?.kind === "between" ? between : {};
          return values.every((value) => value >= min && value <= max);
        },
      ),
    );
  });
});
