import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelTold } from "#core/data/leakage/label-told";

const bucket = (counts: Record<string, number>) => new Map(Object.entries(counts));
const entropy = (...counts: number[]) => {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return -counts.reduce((sum, count) => sum + (count === 0 ? 0 : (count / rows) * Math.log(count / rows)), 0);
};

describe("how much of the label buckets tell", () => {
  test("is all of it when each bucket has one class, whatever their number", () => {
    expect(labelTold([bucket({ yes: 70 }), bucket({ no: 20 }), bucket({ no: 10 })])).toBe(1);
  });

  test("is nothing when each bucket has the classes in the same shares", () => {
    expect(labelTold([bucket({ yes: 60, no: 30 }), bucket({ yes: 20, no: 10 })])).toBeCloseTo(0, 14);
  });

  test("is 1 − H(label | bucket) / H(label)", () => {
    // H(label) = ln 2; within each bucket of 100 the classes are 75 to 25.
    const told = labelTold([bucket({ yes: 75, no: 25 }), bucket({ yes: 25, no: 75 })]);
    expect(told).toBeCloseTo(1 - entropy(0.75, 0.25) / Math.log(2), 14);
    expect(told).toBeCloseTo(0.18872187554086717, 14);
  });

  test("weighs buckets by their rows and takes any number of classes", () => {
    // With scipy.stats.entropy, SciPy 1.15.3: H of (50, 60, 40), within it of (40, 5, 5) and (10, 55, 35).
    const told = labelTold([bucket({ a: 40, b: 5, c: 5 }), bucket({ a: 10, b: 55, c: 35 })]);
    const within = (50 * entropy(40, 5, 5) + 100 * entropy(10, 55, 35)) / 150;
    expect(told).toBeCloseTo(1 - within / entropy(50, 60, 40), 14);
    expect(told).toBeCloseTo(0.23452782418032636, 14);
  });

  test("takes a class without rows for none", () => {
    expect(labelTold([bucket({ yes: 100, no: 0 }), bucket({ no: 0 })])).toBeNull();
    expect(labelTold([bucket({ yes: 50, other: 0 }), bucket({ no: 50 }), bucket({})])).toBe(1);
  });

  test("is not told with one class, more than twenty, or fewer than a hundred rows", () => {
    const classes = (count: number, rows: number) =>
      labelTold([bucket(Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${at}`, rows])))]);
    expect([classes(1, 1_000), classes(21, 100), classes(2, 49), labelTold([])]).toEqual([null, null, null, null]);
    expect([classes(20, 5), classes(2, 50)]).toEqual([0, 0]);
  });

  test("stays from 0 to 1 and does not depend on the order of buckets and classes", () => {
    const counts = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(counts, (rows) => {
        const names = ["a", "b", "c"];
        const joint = rows.map((row) => new Map(row.map((count, at) => [names[at] ?? "", count] as const)));
        const turned = joint.map((each) => new Map([...each].reverse())).reverse();
        const told = labelTold(joint);
        expect(labelTold(turned)).toBe(told);
        if (told === null) return;
        expect(told).toBeGreaterThanOrEqual(0);
        expect(told).toBeLessThanOrEqual(1);
      }),
    );
  });
});
