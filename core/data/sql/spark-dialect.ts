import type { CastType, SqlDialect } from "./dialect.ts";
import { quotedIdentifier } from "./identifier.ts";

const TYPES: Readonly<Record<CastType, string>> = { number: "DOUBLE", date: "DATE", "wide-integer": "DECIMAL(38, 0)" };

/** Apache Spark 3.5 and newer, with its default of escapes in literals. Patterns run in Java's engine, not in RE2. */
export const sparkDialect: SqlDialect = {
  identifier: (name) => quotedIdentifier(name, "`"),
  literal,
  number: (value) => `CAST('${value}' AS DOUBLE)`,
  wideInteger: (value) => `CAST('${value}' AS DECIMAL(38, 0))`,
  tryCast: (expression, type) => `try_cast(${expression} AS ${TYPES[type]})`,
  text: (expression) => `CAST(${expression} AS STRING)`,
  matches: (text, pattern) => `${text} RLIKE ${literal(pattern)}`,
  extract: (text, pattern, index) => `regexp_extract(${text}, ${literal(pattern)}, ${index})`,
  length: (text) => `char_length(${text})`,
  isFinite: (number) => `(NOT isnan(${number}) AND abs(${number}) < double('Infinity'))`,
  // A date has no zone; a cast to a timestamp would take the session's.
  epochMs: (moment, stored) =>
    stored === "date" ? `(CAST(datediff(${moment}, DATE'1970-01-01') AS BIGINT) * 86400000)` : `unix_millis(${moment})`,
  tuple: (expressions) => `struct(${expressions.join(", ")})`,
};

function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\0", "\\u0000")}'`;
}
