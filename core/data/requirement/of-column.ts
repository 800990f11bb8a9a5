import type { ColumnType } from "../check.ts";
import type { Property } from "../contract/property.ts";
import type { ContractPath } from "../contract.ts";
import type { Requirement } from "../requirement.ts";
import { dateRange, numberRange, type Range, words } from "./bounds.ts";
import { qualityRequirement } from "./of-quality.ts";
import { strict } from "./strict.ts";

/** What a contract asks of one column. */
export function columnRequirements(property: Property, at: ContractPath): Requirement[] {
  const column = property.name;
  return [
    strict(
      { kind: "type", column, type: columnType(property) },
      { findingId: "DATA_WRONG_TYPE", breach: `values are not of type ${property.logicalType}`, at },
    ),
    // A key with a missing part names no row.
    ...(property.required || property.primaryKey
      ? [strict({ kind: "present", column }, { findingId: "DATA_MISSING_VALUES", breach: "values are missing", at })]
      : []),
    ...(property.unique
      ? [
          strict(
            { kind: "unique", columns: [column] },
            { findingId: "DATA_DUPLICATE_VALUES", breach: "values are repeated", at },
          ),
        ]
      : []),
    ...optionRequirements(property, [...at, "logicalTypeOptions"]),
    ...property.quality.flatMap((quality, index) => qualityRequirement(column, quality, [...at, "quality", index])),
  ];
}

function columnType({ logicalType }: Property): ColumnType {
  return logicalType === "timestamp" ? "date" : logicalType;
}

function optionRequirements({ name: column, logicalType, logicalTypeOptions: options }: Property, at: ContractPath) {
  if (options === undefined) return [];
  const range = numberRange(options, logicalType === "integer" ? "integer" : "number");
  const dates = dateRange(options);
  const length = {
    ...(options.minLength === undefined ? {} : { min: options.minLength }),
    ...(options.maxLength === undefined ? {} : { max: options.maxLength }),
  };
  const outside = (text: string) => ({ findingId: "DATA_OUT_OF_RANGE", breach: `values are outside: ${text}`, at });
  return [
    ...unlessEmpty(range, () => strict({ kind: "between", column, ...range }, outside(words(options)))),
    ...unlessEmpty(dates, () => strict({ kind: "date-between", column, ...dates }, outside(words(options)))),
    ...unlessEmpty(length, () =>
      strict(
        { kind: "length", column, ...length },
        {
          findingId: "DATA_WRONG_LENGTH",
          breach: `values are not ${words({ minimum: length.min, maximum: length.max })} characters long`,
          at,
        },
      ),
    ),
    ...(options.pattern === undefined
      ? []
      : [
          strict(
            { kind: "pattern", column, pattern: options.pattern },
            { findingId: "DATA_PATTERN_MISMATCH", breach: "values do not match the pattern", at },
          ),
        ]),
  ];
}

function unlessEmpty(range: Range<unknown>, make: () => Requirement): Requirement[] {
  return range.min === undefined && range.max === undefined ? [] : [make()];
}
