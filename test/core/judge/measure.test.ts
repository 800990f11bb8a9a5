import { describe, expect, test } from "vitest";
import { UserError } from "#core/errors";
import { Evidence } from "#core/judge/evidence";
import { measure, pairRows } from "#core/judge/measure";
import { METRIC_NAMES } from "#core/metrics/catalogue";
import { seededRandom } from "#core/random";
import { evidence } from "#test/support/builders/evidence";
import { predictions, type Row } from "#test/support/builders/predictions";

const options = { primaryMetric: "roc_auc", confidence: 0.95, minimum: { rows: 20, positives: 5 } };

function rows(seed: number, slice: (row: number) => Record<string, string> = () => ({})): Row[] {
  const random = seededRandom(seed);
  return Array.from({ length: 60 }, (_, row) => {
    const label = row % 3 === 0 ? 1 : 0;
    const score = Number((0.3 * label + 0.6 * random()).toFixed(3));
    return { id: `r${row}`, label, score, ...slice(row) };
  });
}

const baseline = rows(2);

describe("pairing rows", () => {
  test("joins by id, whatever the order of the baseline's rows", () => {
    const mine = predictions(rows(1));
    expect(pairRows(mine, predictions(baseline.toReversed()))).toEqual(pairRows(mine, predictions(baseline)));
  });

  test.each([
    ["a row less", baseline.slice(1), "60 rows here, 59 there"],
    ["a row more", [...baseline, { id: "new", label: 0, score: 0.1 } as const], "60 rows here, 61 there"],
    ["another id", [...baseline.slice(1), { id: "new", label: 1, score: 0.1 } as const], '"r0" is missing there'],
    ["another label", [{ ...baseline[0]!, label: 0 } as const, ...baseline.slice(1)], '"r0" has another label there'],
  ])("refuses a baseline with %s", (_, there, problem) => {
    expect(() => pairRows(predictions(rows(1)), predictions(there))).toThrow(problem);
    expect(() => pairRows(predictions(rows(1)), predictions(there))).toThrow(UserError);
  });

  test("shows only the beginning of a very long id", () => {
    const long = { id: "x".repeat(5_000), label: 0, score: 0.5 } as const;
    expect(() => pairRows(predictions([long]), predictions([{ ...long, id: "y" }]))).toThrow(/^.{0,400}$/);
  });

  test("refuses a candidate that repeats a row and leaves another out", () => {
    const repeated = rows(1).with(3, rows(1)[0]!);
    expect(() => pairRows(predictions(repeated), predictions(baseline))).toThrow(UserError);
  });
});

describe("measuring", () => {
  test("computes every metric of both models on the same rows", () => {
    const { comparisons } = measure(predictions(rows(1)), predictions(baseline), options);
    expect(comparisons.map(({ metric }) => metric)).toEqual(METRIC_NAMES);
    expect(comparisons.every((one) => one.candidate !== null && one.baseline !== null && one.gain !== null)).toBe(true);
  });

  test("gives the same numbers whatever the order of the baseline's rows", () => {
    const mine = predictions(rows(1, (row) => ({ region: row % 2 === 0 ? "north" : "south" })));
    expect(measure(mine, predictions(baseline.toReversed()), options)).toEqual(
      measure(mine, predictions(baseline), options),
    );
  });

  test("finds no gain of a model over itself", () => {
    const { comparisons } = measure(predictions(baseline), predictions(baseline), options);
    expect(comparisons.map(({ gain }) => gain?.estimate === 0)).toEqual(METRIC_NAMES.map(() => true));
  });

  test("without a baseline gives values and no slices", () => {
    const { comparisons, slices } = measure(predictions(rows(1, () => ({ region: "north" }))), undefined, options);
    expect(comparisons.every((one) => one.candidate !== null && one.baseline === null && one.gain === null)).toBe(true);
    expect(slices).toEqual([]);
  });

  test("says null for what one class does not allow", () => {
    const negatives = baseline.map((row) => ({ ...row, label: 0 as const }));
    const { comparisons } = measure(predictions(negatives), predictions(negatives), options);
    expect(comparisons.find(({ metric }) => metric === "roc_auc")).toMatchObject({ candidate: null, gain: null });
    expect(comparisons.find(({ metric }) => metric === "brier")?.candidate).toBeGreaterThan(0);
  });
});

describe("slices", () => {
  const sliced = (slice: (row: number) => Record<string, string>) =>
    measure(predictions(rows(1, slice)), predictions(baseline), options).slices;

  test("are the values of each column, the largest first, compared on the primary metric", () => {
    const slices = sliced((row) => ({ region: row < 24 ? "north" : "south" }));
    expect(slices.map(({ value, rows: size, positives }) => [value, size, positives])).toEqual([
      ["south", 36, 12],
      ["north", 24, 8],
    ]);
    expect(slices.every(({ comparison }) => comparison.metric === "roc_auc" && comparison.gain !== null)).toBe(true);
  });

  test("keep rows without a value as a slice of their own", () => {
    const slices = sliced((row) => ({ region: row < 30 ? "" : "north" }));
    expect(slices.map(({ value, rows: size }) => [value, size])).toEqual([
      ["(missing)", 30],
      ["north", 30],
    ]);
  });

  test.each([
    ["rows", (row: number) => ({ region: row < 19 ? "small" : "large" })],
    ["positives", (row: number) => ({ region: row % 3 !== 0 || row < 12 ? "small" : "large" })],
  ])("with too few %s are shown without a number", (_, slice) => {
    const small = sliced(slice).find(({ value }) => value === "small")!;
    expect(small.tooFew).toBe(true);
    expect(small.comparison).toMatchObject({ candidate: null, baseline: null, gain: null, rows: small.rows });
  });

  test("of a column with hundreds of values are the fifty largest at most", () => {
    expect(sliced((row) => ({ zip: String(row) })).length).toBeLessThanOrEqual(50);
  });

  test("of as many columns as a configuration may name still fit into evidence", () => {
    const columns = Array.from({ length: 20 }, (_, column) => `column${column}`);
    const slices = sliced((row) => Object.fromEntries(columns.map((column) => [column, String(row)])));
    expect(Evidence.safeParse(evidence({ slices: [...slices] })).success).toBe(true);
  });
});
