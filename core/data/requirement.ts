import { UserError } from "../errors.ts";
import type { Check, ColumnType } from "./check.ts";
import type { Contract, Property, Quality } from "./contract.ts";
import { type Limit, limitOf, NONE } from "./limit.ts";

/** A check and how often it may be broken. */
export interface Requirement {
  readonly check: Check;
  readonly limit: Limit;
  readonly unit: "rows" | "percent";
  readonly findingId: string;
  /** What breaks it, as the middle of a sentence: "rows are not one of the 8 allowed values". */
  readonly breach: string;
  readonly severity: "error" | "warning";
}

/** Everything a contract asks of its rows, as counts an engine can make in one pass. */
export function requirementsOf(contract: Contract): readonly Requirement[] {
  const properties = contract.schema.flatMap((object) => object.properties);
  const keys = properties.filter((property) => property.primaryKey).map((property) => property.name);
  return [
    ...properties.flatMap(propertyRequirements),
    ...(keys.length === 0
      ? []
      : [strict({ kind: "unique", columns: keys }, "DATA_DUPLICATE_KEYS", "rows repeat a key")]),
  ];
}

/** Limits on the number of rows. */
export function rowCountLimits(contract: Contract): readonly Limit[] {
  return contract.schema
    .flatMap((object) => object.quality)
    .filter((quality) => quality.metric === "rowCount")
    .map((quality) => limitOrRefuse(quality, "rowCount"));
}

function propertyRequirements(property: Property): Requirement[] {
  const column = property.name;
  return [
    strict(
      { kind: "type", column, type: columnType(property) },
      "DATA_WRONG_TYPE",
      `values are not of type ${property.logicalType}`,
    ),
    ...(property.required ? [strict({ kind: "present", column }, "DATA_MISSING_VALUES", "values are missing")] : []),
    ...(property.unique
      ? [strict({ kind: "unique", columns: [column] }, "DATA_DUPLICATE_VALUES", "values are repeated")]
      : []),
    ...rangeRequirements(property),
    ...property.quality.flatMap((quality) => qualityRequirement(column, quality)),
  ];
}

function rangeRequirements({ name: column, logicalTypeOptions: options }: Property): Requirement[] {
  if (options === undefined) return [];
  const { minimum, maximum, minLength, maxLength, pattern } = options;
  const range = { ...numeric("min", minimum), ...numeric("max", maximum) };
  const dates = { ...textual("min", minimum), ...textual("max", maximum) };
  const length = { ...numeric("min", minLength), ...numeric("max", maxLength) };
  return [
    ...unlessEmpty(range, () =>
      strict({ kind: "between", column, ...range }, "DATA_OUT_OF_RANGE", `values are outside ${words(range)}`),
    ),
    ...unlessEmpty(dates, () =>
      strict({ kind: "date-between", column, ...dates }, "DATA_OUT_OF_RANGE", `values are outside ${words(dates)}`),
    ),
    ...unlessEmpty(length, () =>
      strict(
        { kind: "length", column, ...length },
        "DATA_WRONG_LENGTH",
        `values are not ${words(length)} characters long`,
      ),
    ),
    ...(pattern === undefined
      ? []
      : [strict({ kind: "pattern", column, pattern }, "DATA_PATTERN_MISMATCH", "values do not match the pattern")]),
  ];
}

function qualityRequirement(column: string, quality: Quality): Requirement[] {
  const entry = qualityCheck(column, quality);
  if (entry === undefined) return [];
  const severity = quality.severity === "warning" ? "warning" : "error";
  return [{ ...entry, limit: limitOrRefuse(quality, column), unit: quality.unit, severity }];
}

function qualityCheck(
  column: string,
  quality: Quality,
): Pick<Requirement, "check" | "findingId" | "breach"> | undefined {
  const values = quality.arguments?.validValues;
  const pattern = quality.arguments?.pattern;
  switch (quality.metric) {
    case "nullValues":
    case "missingValues":
      return { check: { kind: "present", column }, findingId: "DATA_MISSING_VALUES", breach: "values are missing" };
    case "duplicateValues":
      return {
        check: { kind: "unique", columns: [column] },
        findingId: "DATA_DUPLICATE_VALUES",
        breach: "values are repeated",
      };
    case "invalidValues":
      if (values !== undefined)
        return {
          check: { kind: "one-of", column, values },
          findingId: "DATA_INVALID_VALUES",
          breach: `values are not one of the ${values.length} allowed`,
        };
      if (pattern !== undefined)
        return {
          check: { kind: "pattern", column, pattern },
          findingId: "DATA_PATTERN_MISMATCH",
          breach: "values do not match the pattern",
        };
      throw new UserError(
        "CONTRACT_INVALID",
        `quality.invalidValues of column "${column}" says neither validValues nor pattern.`,
        "Add one of them under arguments.",
      );
    default:
      return undefined;
  }
}

function limitOrRefuse(quality: Quality, where: string): Limit {
  const limit = limitOf(quality);
  if (limit !== undefined) return limit;
  throw new UserError(
    "CONTRACT_INVALID",
    `quality.${quality.metric} of "${where}" needs exactly one operator.`,
    "Write one of mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween.",
  );
}

function strict(check: Check, findingId: string, breach: string): Requirement {
  return { check, limit: NONE, unit: "rows", findingId, breach, severity: "error" };
}

function columnType(property: Property): ColumnType {
  return property.logicalType === "timestamp" ? "date" : property.logicalType;
}

interface Range<Bound = number> {
  readonly min?: Bound;
  readonly max?: Bound;
}

function numeric(end: "min" | "max", value: unknown): Range {
  return typeof value === "number" ? { [end]: value } : {};
}

function textual(end: "min" | "max", value: unknown): Range<string> {
  return typeof value === "string" ? { [end]: value } : {};
}

function unlessEmpty(range: Range<unknown>, make: () => Requirement): Requirement[] {
  return range.min === undefined && range.max === undefined ? [] : [make()];
}

function words({ min, max }: Range<number | string>): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `between ${min} and ${max}`;
}
