import type { SqlDialect } from "./dialect.ts";
import { asText } from "./holds.ts";
import type { NamedColumn } from "./relation.ts";
import { textValues } from "./text-values.ts";

// Below it an integer type of 38 digits holds what a double holds.
const WIDEST = "1e37";

/** Two columns as texts that are equal when their values are: by value when both are numeric, else as they are written. */
export function comparableTexts(
  one: NamedColumn,
  other: NamedColumn,
  dialect: SqlDialect,
): readonly [one: string, other: string] {
  const written = one.isNumeric && other.isNumeric ? numberText : asText;
  return [written(one, dialect), written(other, dialect)];
}

/** "1.0", "+01" and a stored 1 are "1"; integers beyond 2^53 stay apart. NULL stays NULL. */
export function numberText({ expression, stored }: NamedColumn, dialect: SqlDialect): string {
  if (stored === "integer") return dialect.text(expression);
  if (stored === "number") return doubleText(expression, dialect);
  const values = textValues(dialect);
  const integer = dialect.text(values.wideInteger(expression));
  return `coalesce(${integer}, ${doubleText(values.number(expression), dialect)}, ${expression})`;
}

function doubleText(number: string, dialect: SqlDialect): string {
  const isWhole = `abs(${number}) < ${dialect.number(Number(WIDEST))} AND ${dialect.isWhole(number)}`;
  const integer = dialect.text(dialect.tryCast(number, "wide-integer"));
  return `CASE WHEN ${isWhole} THEN ${integer} ELSE ${dialect.text(number)} END`;
}
