import type { CastType, SqlDialect } from "./dialect.ts";
import { quotedIdentifier } from "./identifier.ts";

const TYPES: Readonly<Record<CastType, string>> = { number: "DOUBLE", date: "DATE", "wide-integer": "HUGEINT" };

export const duckDbDialect: SqlDialect = {
  identifier: (name) => quotedIdentifier(name, '"'),
  literal,
  number: (value) => `CAST('${value}' AS DOUBLE)`,
  wideInteger: (value) => `CAST('${value}' AS HUGEINT)`,
  tryCast: (expression, type) => `TRY_CAST(${expression} AS ${TYPES[type]})`,
  text: (expression) => `CAST(${expression} AS VARCHAR)`,
  writtenText: (expression) => `CAST(${expression} AS VARCHAR)`,
  matches: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  extract: (text, pattern, index) => `regexp_extract(${text}, ${literal(pattern)}, ${index})`,
  length: (text) => `length(${text})`,
  isFinite: (number) => `isfinite(${number})`,
  isWhole: (number) => `${number} = floor(${number})`,
  epochMs: (moment) => `epoch_ms(${moment})`,
  tuple: (expressions) => `row(${expressions.join(", ")})`,
  hash: (text) => `md5_number(${text})`,
  bucket: (expressions, buckets) => `hash(${expressions.join(", ")}) % ${buckets}`,
};

/** Only the quote is special in a literal; a NUL cannot stand in a statement. */
function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join("") : `(${parts.join(" || chr(0) || ")})`;
}
