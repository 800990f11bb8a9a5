// A number holds whole numbers exactly up to 2^53. An id beyond that would change, and two ids could become one, so
// such numbers are read from the text as bigint and printed digit by digit.

const MANY_DIGITS = /\d{16}/;
// Beyond a hundred digits it is no id, and reading it exactly would take time that grows with the square.
const WHOLE = /^-?\d{1,100}$/;

// TypeScript's library does not know yet that a reviver is told the source text.
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const parseJson = JSON.parse as (text: string, reviver?: Reviver) => unknown;

/** JSON whose whole numbers stay exact. Throws what JSON.parse throws. */
export function parseExact(text: string): unknown {
  return MANY_DIGITS.test(text) ? parseJson(text, exact) : parseJson(text);
}

function exact(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  return source !== undefined && WHOLE.test(source) ? BigInt(source) : value;
}

/** JSON text in which a bigint is a number. What JSON cannot carry (NaN, Infinity) is written as text. */
export function printExact(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) return JSON.stringify(String(value));
  if (typeof value === "string") return JSON.stringify(value.toWellFormed());
  if (Array.isArray(value)) return `[${value.map(printExact).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${printExact(each)}`);
  return `{${members.join(",")}}`;
}
