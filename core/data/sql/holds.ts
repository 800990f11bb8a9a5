import type { Check, ColumnType, KeyCheck } from "../check.ts";
import type { SqlDialect, StoredType } from "./dialect.ts";
import { all, type Bounds, needsWideIntegers, withinIntegers, withinNumbers } from "./limits.ts";
import { textValues } from "./text-values.ts";

/** A column of the sub-select: NULL where the value is missing. */
export interface ValueColumn {
  readonly expression: string;
  readonly stored: StoredType;
}

export type ValueCheck = Exclude<Check, KeyCheck | { kind: "present" }>;

/** A condition on a value that is not missing: TRUE where the check holds, anything else where it is broken. */
export function holds(check: ValueCheck, column: ValueColumn, dialect: SqlDialect): string {
  const { expression, stored } = column;
  switch (check.kind) {
    case "type":
      return stored === "text" ? isTextOfType(check.type, expression, dialect) : isOfType(check.type, column, dialect);
    case "between":
      return isBetween(check, column, dialect);
    case "date-between":
      return isWithinDates(check, column, dialect);
    case "length":
      return withinLengths(dialect.length(writtenText(column, dialect)), check);
    case "one-of":
      return isOneOf(check.values, column, dialect);
    case "pattern":
      return dialect.matches(writtenText(column, dialect), check.pattern);
    default:
      return check satisfies never;
  }
}

export function asText({ expression, stored }: ValueColumn, dialect: SqlDialect): string {
  return stored === "text" ? expression : dialect.text(expression);
}

function writtenText({ expression, stored }: ValueColumn, dialect: SqlDialect): string {
  return stored === "text" ? expression : dialect.writtenText(expression, stored);
}

function isTextOfType(type: ColumnType, text: string, dialect: SqlDialect): string {
  const values = textValues(dialect);
  switch (type) {
    case "string":
      return "TRUE";
    case "integer":
      return values.isInteger(text);
    case "number":
      return dialect.isFinite(values.number(text));
    case "date":
      return values.isDate(text);
    case "boolean":
      return values.isBoolean(text);
    default:
      return type satisfies never;
  }
}

/** A whole number stored as a double is an integer: tools write integers with gaps so. */
function isOfType(type: ColumnType, { expression, stored }: ValueColumn, dialect: SqlDialect): string {
  if (type === "string") return "TRUE";
  if (type === "date") return stored === "date" || stored === "timestamp" ? "TRUE" : "FALSE";
  if (type === "boolean") return stored === "boolean" ? "TRUE" : "FALSE";
  if (stored === "integer") return "TRUE";
  if (stored !== "number") return "FALSE";
  const finite = dialect.isFinite(expression);
  return type === "number" ? finite : `(${finite} AND ${dialect.isWhole(expression)})`;
}

function isBetween(bounds: Bounds, { expression, stored }: ValueColumn, dialect: SqlDialect): string {
  if (stored === "integer") return withinIntegers(expression, bounds, dialect);
  if (stored === "number") return withinNumbers(expression, bounds, dialect);
  if (stored !== "text") return "FALSE";
  const values = textValues(dialect);
  const rounded = withinNumbers(values.number(expression), bounds, dialect);
  if (!needsWideIntegers(bounds)) return rounded;
  const exact = values.wideInteger(expression);
  return `CASE WHEN ${exact} IS NULL THEN ${rounded} ELSE ${withinIntegers(exact, bounds, dialect)} END`;
}

interface Dates {
  readonly min?: string;
  readonly max?: string;
}

function isWithinDates({ min, max }: Dates, { expression, stored }: ValueColumn, dialect: SqlDialect): string {
  if (stored === "integer" || stored === "number" || stored === "boolean") return "FALSE";
  const moment = stored === "text" ? textValues(dialect).epochMs(expression) : dialect.epochMs(expression, stored);
  return all([
    `${moment} IS NOT NULL`,
    ...(min === undefined ? [] : [`${moment} >= ${Date.parse(min)}`]),
    ...(max === undefined ? [] : [`${moment} <= ${Date.parse(max)}`]),
  ]);
}

function withinLengths(length: string, { min, max }: Bounds): string {
  return all([
    ...(min === undefined ? [] : [`${length} >= ${Math.ceil(min)}`]),
    ...(max === undefined ? [] : [`${length} <= ${Math.floor(max)}`]),
  ]);
}

/** Values are compared as text, as the contract says; a stored double by its number, since 1 may print as "1.0". */
function isOneOf(values: readonly string[], column: ValueColumn, dialect: SqlDialect): string {
  if (values.length === 0) return "FALSE";
  if (column.stored !== "number")
    return `${writtenText(column, dialect)} IN (${values.map(dialect.literal).join(", ")})`;
  const numbers = values
    .filter((value) => value.trim() !== "")
    .map(Number)
    .filter(Number.isFinite);
  return numbers.length === 0 ? "FALSE" : `${column.expression} IN (${numbers.map(dialect.number).join(", ")})`;
}
