import type { Operators } from "./contract/operators.ts";

/** What a count must be: a predicate, and the same as words. */
export interface Limit {
  holds(value: number): boolean;
  readonly words: string;
  /** The number a reader compares with; the nearer end of a range. */
  readonly threshold: number;
}

export const NONE: Limit = { holds: (value) => value === 0, words: "none allowed", threshold: 0 };

export const OPERATORS = [
  "mustBe",
  "mustNotBe",
  "mustBeGreaterThan",
  "mustBeGreaterOrEqualTo",
  "mustBeLessThan",
  "mustBeLessOrEqualTo",
  "mustBeBetween",
  "mustNotBeBetween",
] as const satisfies readonly (keyof Operators)[];

/** The one operator of a quality entry; undefined when there is none, or more than one. "Between" includes both ends. */
export function limitOf(quality: Operators): Limit | undefined {
  const limits = [exactLimits(quality), boundLimits(quality), rangeLimits(quality)].flat();
  return limits.length === 1 ? limits[0] : undefined;
}

function exactLimits({ mustBe, mustNotBe }: Operators): Limit[] {
  return [
    ...when(mustBe, (n) => ({ holds: (value) => value === n, words: `must be ${n}`, threshold: n })),
    ...when(mustNotBe, (n) => ({ holds: (value) => value !== n, words: `must not be ${n}`, threshold: n })),
  ];
}

function boundLimits(quality: Operators): Limit[] {
  return [
    ...when(quality.mustBeGreaterThan, (n) => ({
      holds: (v) => v > n,
      words: `must be greater than ${n}`,
      threshold: n,
    })),
    ...when(quality.mustBeGreaterOrEqualTo, (n) => ({
      holds: (v) => v >= n,
      words: `must be at least ${n}`,
      threshold: n,
    })),
    ...when(quality.mustBeLessThan, (n) => ({ holds: (v) => v < n, words: `must be less than ${n}`, threshold: n })),
    ...when(quality.mustBeLessOrEqualTo, (n) => ({
      holds: (v) => v <= n,
      words: `must be at most ${n}`,
      threshold: n,
    })),
  ];
}

function rangeLimits({ mustBeBetween, mustNotBeBetween }: Operators): Limit[] {
  return [
    ...when(mustBeBetween, ([low, high]) => ({
      holds: (v) => v >= low && v <= high,
      words: `must be between ${low} and ${high}, both included`,
      threshold: high,
    })),
    ...when(mustNotBeBetween, ([low, high]) => ({
      holds: (v) => v < low || v > high,
      words: `must not be between ${low} and ${high}, both included`,
      threshold: high,
    })),
  ];
}

function when<Value>(value: Value | undefined, make: (value: Value) => Limit): Limit[] {
  return value === undefined ? [] : [make(value)];
}
