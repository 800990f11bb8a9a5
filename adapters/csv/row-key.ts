import type { ColumnType } from "#core/data/check";
import { comparable } from "./column-types.ts";

/** Turns a value into the text it is compared as. */
export type Identity = (text: string) => string;

export const asText: Identity = (text) => text;

/** A column that is numeric on every side is compared by value, any other as text. */
export function identityOf(types: readonly (ColumnType | undefined)[]): Identity {
  return types.every((type) => type === "integer" || type === "number") ? numberText : asText;
}

// Most numbers are written as they are told here.
const PLAIN = /^(?:0|-?[1-9]\d*)$/;

/** "1.0", "1e0" and "+01" are 1; integers beyond 2^53 stay apart. A missing value stays one. */
function numberText(text: string): string {
  if (text === "" || PLAIN.test(text)) return text;
  const value = comparable(text);
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** One text for several parts; no two different lists of parts have the same. */
export function keyText(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? "") : parts.map((part) => `${part.length}:${part}`).join("");
}
