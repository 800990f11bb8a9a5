import { numberText } from "./comparable.ts";
import type { SqlDialect } from "./dialect.ts";
import { asText } from "./holds.ts";
import type { NamedColumn } from "./relation.ts";

/** Tells rows apart by all of these columns, numeric ones by value; missing values are equal, and to no text. */
export function rowHash(columns: readonly NamedColumn[], dialect: SqlDialect): string {
  const texts = columns.map((column) => (column.isNumeric ? numberText(column, dialect) : asText(column, dialect)));
  return hashOf(texts, dialect);
}

/** With each text's length before it, so that no two rows run together to the same. */
export function hashOf(texts: readonly string[], dialect: SqlDialect): string {
  const parts = texts.map((text) => `coalesce(${dialect.text(dialect.length(text))} || ':' || ${text}, '-')`);
  return dialect.hash(`concat(${parts.join(", ")})`);
}
