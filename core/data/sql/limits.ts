import type { SqlDialect } from "./dialect.ts";

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

// Up to here a double is exact, and so is a comparison with it; up to there an integer type of 38 digits reaches.
const EXACT = 2 ** 53;
const WIDEST = 1e37;

/** Whether a comparison as doubles could take two different integers for one. */
export function needsWideIntegers({ min = 0, max = 0 }: Bounds): boolean {
  return [min, max].some((bound) => Math.abs(bound) >= EXACT && Math.abs(bound) < WIDEST);
}

/** "Between" includes both ends. */
export function withinNumbers(number: string, { min, max }: Bounds, dialect: SqlDialect): string {
  return all([
    dialect.isFinite(number),
    ...(min === undefined ? [] : [`${number} >= ${dialect.number(min)}`]),
    ...(max === undefined ? [] : [`${number} <= ${dialect.number(max)}`]),
  ]);
}

/** An integer is at least 2.5 exactly when it is at least 3. A bound past every integer is held, or broken, by all. */
export function withinIntegers(integer: string, { min, max }: Bounds, dialect: SqlDialect): string {
  return all([
    ...(min === undefined ? [] : [integerSide(integer, { sign: ">=", bound: Math.ceil(min) }, dialect)]),
    ...(max === undefined ? [] : [integerSide(integer, { sign: "<=", bound: Math.floor(max) }, dialect)]),
  ]);
}

interface Side {
  readonly sign: ">=" | "<=";
  readonly bound: number;
}

function integerSide(integer: string, { sign, bound }: Side, dialect: SqlDialect): string {
  if (Math.abs(bound) >= WIDEST) return (sign === ">=") === bound < 0 ? "TRUE" : "FALSE";
  return `${integer} ${sign} ${dialect.wideInteger(BigInt(bound))}`;
}

export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? "TRUE" : `(${conditions.join(" AND ")})`;
}
