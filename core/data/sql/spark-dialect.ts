import { UserError } from "../../errors.ts";
import type { CastType, SqlDialect, StoredType } from "./dialect.ts";
import { quotedIdentifier } from "./identifier.ts";
import { javaPattern } from "./java-pattern.ts";

const TYPES: Readonly<Record<CastType, string>> = { number: "DOUBLE", date: "DATE", "wide-integer": "DECIMAL(38, 0)" };

/**
 * Apache Spark 4, in ANSI mode or not, whatever the session's time zone; spark.sql.caseSensitive must be true, and
 * literals must have escapes (the default). Patterns run in Java's engine, so they are translated.
 */
export const sparkDialect: SqlDialect = {
  identifier,
  literal,
  number: (value) => `CAST('${value}' AS DOUBLE)`,
  wideInteger: (value) => `CAST('${value}' AS DECIMAL(38, 0))`,
  tryCast: (expression, type) => `try_cast(${expression} AS ${TYPES[type]})`,
  text: (expression) => `CAST(${expression} AS STRING)`,
  writtenText,
  matches: (text, pattern) => `${text} RLIKE ${literal(javaPattern(pattern))}`,
  extract: (text, pattern, index) => `regexp_extract(${text}, ${literal(pattern)}, ${index})`,
  length: (text) => `char_length(${text})`,
  isFinite: (number) => `(NOT isnan(${number}) AND abs(${number}) < double('Infinity'))`,
  // floor() gives a BIGINT, which overflows.
  isWhole: (number) => `${number} % 1 = 0`,
  // A date has no zone; a cast to a timestamp would take the session's.
  epochMs: (moment, stored) =>
    stored === "date" ? `(CAST(datediff(${moment}, DATE'1970-01-01') AS BIGINT) * 86400000)` : `unix_millis(${moment})`,
  tuple: (expressions) => `struct(${expressions.join(", ")})`,
  hash: (text) => `md5(${text})`,
  bucket: (expressions, buckets) => `pmod(xxhash64(${expressions.join(", ")}), ${buckets})`,
};

/** Before it reads a statement Spark puts variables in, even into quotes: the name may not look like one. */
function identifier(name: string): string {
  const quoted = quotedIdentifier(name, "`");
  if (!name.includes("${")) return quoted;
  throw new UserError(
    "COLUMN_REFUSED",
    'A column name has "${" in it, which Spark takes for a variable.',
    "Rename the column in the step that writes the data, or in a view.",
  );
}

/** A value's text is the same in every engine, but for numbers with a fraction ("1e+16", "1.0E16") and for times. */
function writtenText(expression: string, stored: StoredType): string {
  if (stored !== "number" && stored !== "timestamp") return sparkDialect.text(expression);
  throw new UserError(
    "CHECK_REFUSED",
    `A check of a length, a pattern or allowed values reads a column stored as a ${stored}, whose text is not the same in every engine.`,
    "Check the range of the column instead, or store it as text.",
  );
}

/** Only the escapes below are used; a dollar sign could begin a variable. */
function literal(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\0", "\\u0000")
    .replaceAll("$", "\\u0024");
  return `'${escaped}'`;
}
