import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NOTHING_UNTOLD } from "#core/data/column";
import { categoricalBuckets, numericBuckets } from "#core/data/leakage/label-buckets";

const repeated = (values: readonly number[], times: number) =>
  Float64Array.from(values.flatMap((value) => new Array<number>(times).fill(value))).sort();
const words = (counts: Record<string, number>, untold = NOTHING_UNTOLD) =>
  categoricalBuckets({ kind: "categorical", name: "x", counts: new Map(Object.entries(counts)), missing: 9, untold });

function edgesOf(sorted: Float64Array): readonly number[] {
  const buckets = numericBuckets(sorted);
  return buckets.kind === "edges" ? buckets.edges : [];
}

describe("buckets of numbers", () => {
  test("are the values, when they are few and each has many rows", () => {
    expect(numericBuckets(repeated([3, 1, 2], 20))).toEqual({ kind: "edges", edges: [1, 2] });
    const fifty = Array.from({ length: 51 }, (_, at) => at);
    expect(numericBuckets(repeated(fifty, 20))).toEqual({ kind: "edges", edges: fifty.slice(0, -1) });
  });

  test("are twenty of equally many rows, when the values are many", () => {
    const edges = edgesOf(
      repeated(
        Array.from({ length: 52 }, (_, at) => at),
        20,
      ),
    );
    expect([edges.length, edges[0], edges[18]]).toEqual([19, 2, 49]);
  });

  test("are fewer, of at least twenty rows each, when there are few rows", () => {
    const sorted = Float64Array.from({ length: 119 }, (_, at) => at);
    const edges = edgesOf(sorted);
    // 119 rows make five buckets; type-7 quantiles of 0 to 118.
    expect(edges).toEqual([0.2, 0.4, 0.6, 0.8].map((share) => expect.closeTo(share * 118, 9)));
  });

  test("are none of a constant, or of too few rows", () => {
    expect(numericBuckets(repeated([7], 500))).toEqual({ kind: "none" });
    expect(numericBuckets(Float64Array.from({ length: 39 }, (_, at) => at))).toEqual({ kind: "none" });
    expect(numericBuckets(Float64Array.from([]))).toEqual({ kind: "none" });
  });

  test("a value of most rows takes up several, and no edge is there twice or at the end", () => {
    const sorted = Float64Array.from([
      ...new Array<number>(950).fill(0),
      ...Array.from({ length: 60 }, (_, at) => at + 1),
    ]);
    const edges = edgesOf(sorted);
    expect(edges[0]).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 }), (values) => {
        const own = Float64Array.from(values, (value) => value + 0).sort();
        const buckets = numericBuckets(own);
        if (buckets.kind !== "edges") return;
        expect(buckets.edges).toEqual([...new Set(buckets.edges)].sort((a, b) => a - b));
        expect(buckets.edges.at(-1)).toBeLessThan(own.at(-1) ?? 0);
      }),
    );
  });
});

describe("buckets of words", () => {
  test("are the values, when each has twenty rows on average", () => {
    expect(words({ a: 39, b: 1 })).toEqual({ kind: "values" });
    expect(words({ a: 38, b: 1 })).toEqual({ kind: "none" });
  });

  test("are none of one value, of more than a thousand, or when the values are not told", () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, 20]));
    expect(words({ a: 500 })).toEqual({ kind: "none" });
    expect(words(many(1_000))).toEqual({ kind: "values" });
    expect(words(many(1_001))).toEqual({ kind: "none" });
    expect(words({}, { values: 100_001, rows: 9_000_000, sample: [] })).toEqual({ kind: "none" });
  });
});
