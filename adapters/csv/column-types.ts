import type { ColumnType } from "#core/data/check";

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;
const BOOLEAN = /^(?:true|false)$/i;

/** Whether a text is a value of the type, exactly: no decimal comma, no infinity, no thirtieth of February. */
export const isOfType: Readonly<Record<ColumnType, (text: string) => boolean>> = {
  string: () => true,
  integer: (text) => INTEGER.test(text),
  number: (text) => numberOf(text) !== undefined,
  date: isDate,
  boolean: (text) => BOOLEAN.test(text),
};

/** The finite number a text states; undefined when it states none. */
export function numberOf(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

// From 16 digits on a number may be rounded; past 309 digits it is out of every finite range anyway.
const EXACT_DIGITS = 15;
const LONGEST_FINITE = 309;

/** Something that compares exactly with any number, also beyond 2^53. */
export function comparable(text: string): number | bigint | undefined {
  if (text.length > EXACT_DIGITS && text.length <= LONGEST_FINITE && INTEGER.test(text)) return BigInt(text);
  return numberOf(text);
}

function isDate(text: string): boolean {
  const groups = DATE.exec(text)?.groups;
  if (groups === undefined) return false;
  const [year, month, day] = [Number(groups["year"]), Number(groups["month"]), Number(groups["day"])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
