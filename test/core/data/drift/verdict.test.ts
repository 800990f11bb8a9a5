import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { driftFindings } from "#core/data/drift/drift-findings";
import { associationRows, distanceRows, rowsNeeded, shareRows } from "#core/data/drift/rows-needed";
import { Finding } from "#core/data/finding";
import { categorical, numeric } from "./support/cases.ts";

const ramp = (rows: number, shift = 0) => numeric(Array.from({ length: rows }, (_, i) => (i + 0.5) / rows + shift));

describe("the verdict wants both keys", () => {
  test.each([
    ["drifted", ramp(1000), ramp(1000, 0.2)],
    ["no drift", ramp(1000), ramp(1000, 0.01)],
    ["noise", ramp(100_000), ramp(100_000, 0.05)],
    ["too few rows", ramp(30), ramp(30, 0.2)],
    ["too few rows", ramp(30), ramp(30)],
    ["drifted", categorical({ a: 500, b: 500 }), categorical({ a: 350, b: 650 })],
    ["noise", categorical({ a: 50_000, b: 50_000 }), categorical({ a: 49_000, b: 51_000 })],
    ["too few rows", categorical({ a: 20, b: 20 }), categorical({ a: 12, b: 20 })],
    ["no drift", categorical({ a: 500, b: 500 }), categorical({ a: 510, b: 490 })],
  ] as const)("%s", (verdict, reference, current) => {
    expect(compareColumns([reference], [current]).columns[0]!.verdict).toBe(verdict);
  });

  test("a difference at the floor that is not significant with enough rows is noise", () => {
    const rule = { q: 1e-9, distanceFloor: 0.2 };
    const [column] = compareColumns([ramp(1200)], [ramp(1200, 0.1)], rule).columns;
    expect([column!.verdict, column!.p_adjusted! < 1e-4]).toEqual(["no drift", true]);
  });

  test("Holm is stricter than Benjamini and Hochberg over many columns", () => {
    const columns = Array.from({ length: 20 }, (_, i) => ({ ...ramp(500), name: `c${i}` }));
    const shifted = columns.map((column) => ({ ...column, values: column.values.map((x) => x + 0.12) }));
    const p = (adjustment: "holm" | "benjamini-hochberg") =>
      compareColumns(columns, shifted, { adjustment }).columns[0]!.p_adjusted!;
    expect(p("holm")).toBeGreaterThan(p("benjamini-hochberg") * 10);
  });

  test("a worse missing rate on too few rows says how many would tell", () => {
    const [column] = compareColumns([categorical({ a: 150, b: 147 }, 3)], [categorical({ a: 73, b: 72 }, 5)]).columns;
    expect([column!.verdict, column!.rows_needed]).toEqual(["too few rows", { current: null, each: 688 }]);
  });
});

test("rare categories are tested as one: chance among them is not drift, more of them is", () => {
  const rare = (each: number) => Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`r${i}`, each]));
  const pooled = (reference: Record<string, number>, current: Record<string, number>) =>
    compareColumns([categorical(reference)], [categorical(current)]).columns[0]!;
  const alike = pooled({ a: 800, ...rare(1) }, { a: 400, ...Object.fromEntries(Object.entries(rare(1)).slice(100)) });
  expect(alike.chi2!.pooled).toMatchObject({ dof: 1, p_value: 1 });
  const more = pooled({ a: 800, ...rare(1) }, { a: 300, ...rare(1) });
  expect([more.chi2!.dof, more.chi2!.pooled!.dof, more.verdict]).toEqual([200, 1, "drifted"]);
  const ids = pooled(rare(1), Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`s${i}`, 1])));
  expect([ids.chi2!.pooled, ids.unseen_rows, ids.verdict === "drifted"]).toEqual([null, 200, false]);
});

describe("rows needed", () => {
  test("KS: the critical D of 1.6276·√((n + m)/(nm)) at 1 % is the floor", () => {
    const effective = distanceRows(0.1, 0.01);
    expect(1.6276 * Math.sqrt(1 / effective)).toBeCloseTo(0.1, 4);
    expect(rowsNeeded(effective, 1000, 400)).toBeNull();
    expect(rowsNeeded(effective, 1000, 100)).toEqual({ current: 361, each: 530 });
    expect(rowsNeeded(effective, 200, 100)).toEqual({ current: null, each: 530 });
    expect(rowsNeeded(effective, 200, 0)).toEqual({ current: null, each: 530 });
  });

  test("chi-square: at those rows a table with V at the floor has p at the level", () => {
    const rows = Math.ceil(2 * associationRows(0.1, 0.01, 1));
    expect(rows).toBe(282);
    const shift = Math.round(rows * 0.1 * Math.sqrt(1 + 1 / (0.01 * 2 * rows)));
    const half = rows / 2;
    const [column] = compareColumns(
      [categorical({ a: half + shift / 2, b: half - shift / 2 })],
      [categorical({ a: half - shift / 2, b: half + shift / 2 })],
    ).columns;
    expect(column!.effect).toBeCloseTo(0.1, 2);
    expect(column!.chi2!.p_value).toBeLessThan(0.015);
    expect(column!.chi2!.p_value).toBeGreaterThan(0.005);
  });

  test("two shares: a change of two points around 10 %", () => {
    expect(shareRows(0.02, 0.01, 0.1)).toBeCloseTo((6.6349 * 0.09) / 0.0004, 0);
  });
});

describe("findings", () => {
  const result = compareColumns(
    [
      { ...ramp(1000), name: "speed" },
      categorical({ a: 500, b: 500 }, 0, "kind"),
      { ...ramp(20), name: "short" },
      numeric([Number.POSITIVE_INFINITY], "broken"),
      numeric([3, 3, 3], "same"),
      { ...ramp(1000), name: "quiet" },
    ],
    [
      { ...ramp(1000, 0.3), name: "speed" },
      categorical({ a: 450, b: 449, "secret value": 1 }, 100, "kind"),
      { ...ramp(20), name: "short" },
      numeric([1], "broken"),
      numeric([3, 3], "same"),
      { ...ramp(1000), name: "quiet" },
    ],
  );
  const findings = driftFindings(result);

  test("one for each thing to tell, none for a quiet column", () => {
    expect(findings.map(({ id, column, severity }) => [id, column, severity])).toEqual([
      ["DRIFT_VALUES", "speed", "warning"],
      ["DRIFT_MISSING", "kind", "warning"],
      ["DRIFT_UNSEEN_CATEGORY", "kind", "warning"],
      ["DRIFT_TOO_FEW_ROWS", "short", "note"],
      ["DRIFT_NOT_COMPARABLE", "broken", "warning"],
      ["DRIFT_ONE_VALUE", "same", "note"],
    ]);
  });

  test("are findings by schema, and hold no value of the data", () => {
    for (const finding of findings) expect(Finding.safeParse(finding).error).toBeUndefined();
    expect(JSON.stringify([findings, result])).not.toContain("secret value");
  });
});
