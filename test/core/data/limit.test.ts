import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitOf, NONE } from "#core/data/limit";

interface Case {
  readonly written: Parameters<typeof limitOf>[0];
  readonly holding: readonly number[];
  readonly breaking: readonly number[];
  readonly words: string;
}

const CASES: readonly Case[] = [
  { written: { mustBe: 3 }, holding: [3], breaking: [2, 4], words: "must be 3" },
  { written: { mustNotBe: 3 }, holding: [2, 4], breaking: [3], words: "must not be 3" },
  { written: { mustBeGreaterThan: 3 }, holding: [3.1, 4], breaking: [3, 2], words: "must be greater than 3" },
  { written: { mustBeGreaterOrEqualTo: 3 }, holding: [3, 4], breaking: [2.9], words: "must be at least 3" },
  { written: { mustBeLessThan: 3 }, holding: [2.9], breaking: [3, 4], words: "must be less than 3" },
  { written: { mustBeLessOrEqualTo: 3 }, holding: [3, 2], breaking: [3.1], words: "must be at most 3" },
  {
    written: { mustBeBetween: [3, 5] },
    holding: [3, 4, 5],
    breaking: [2.9, 5.1],
    words: "must be between 3 and 5, both included",
  },
  {
    written: { mustNotBeBetween: [3, 5] },
    holding: [2.9, 5.1],
    breaking: [3, 4, 5],
    words: "must not be between 3 and 5, both included",
  },
];

describe.each(CASES)("$written", ({ written, holding, breaking, words }) => {
  const limit = limitOf(written)!;

  test("holds where it says, both ends of a range included", () => {
    expect(holding.map((value) => limit.holds(value))).toEqual(holding.map(() => true));
    expect(breaking.map((value) => limit.holds(value))).toEqual(breaking.map(() => false));
  });

  test("says itself in words", () => {
    expect(limit.words).toBe(words);
  });
});

test("without an operator, or with two, there is no limit", () => {
  expect(limitOf({})).toBeUndefined();
  expect(limitOf({ mustBe: 1, mustBeLessThan: 2 })).toBeUndefined();
  expect(limitOf({ mustBeBetween: [0, 1], mustNotBeBetween: [0, 1] })).toBeUndefined();
});

test("a limit of zero is a limit", () => {
  expect(limitOf({ mustBe: 0 })?.holds(0)).toBe(true);
  expect([NONE.holds(0), NONE.holds(1)]).toEqual([true, false]);
});

test("an operator and its opposite never agree", () => {
  const pairs = ["mustBe/mustNotBe", "mustBeLessThan/mustBeGreaterOrEqualTo", "mustBeGreaterThan/mustBeLessOrEqualTo"];
  const number = fc.integer({ min: -5, max: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...pairs), number, number, (pair, bound, value) => {
      const [one, other] = pair.split("/").map((name) => limitOf({ [name]: bound })!.holds(value));
      expect(one).not.toBe(other);
    }),
  );
});
