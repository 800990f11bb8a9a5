import { z } from "zod";

// The parts of the Open Data Contract Standard (ODCS v3.1) that a check can be made of. Keys we do not use are left
// alone, since a contract is shared with other tools; a key we do use must be well-formed.

const bound = z.number("expected a finite number");
const range = z.tuple([bound, bound]).refine(([low, high]) => low <= high, { error: "expected [low, high]" });

// Values are compared as the text of the file.
const ValidValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A quality metric of the standard's library with exactly one operator. "Between" includes both ends. */
export const Quality = z.looseObject({
  type: z.string().optional(),
  metric: z.enum(["nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"]).optional(),
  unit: z.enum(["rows", "percent"]).prefault("rows"),
  arguments: z
    .looseObject({ validValues: z.array(ValidValue).max(1_000).optional(), pattern: z.string().optional() })
    .optional(),
  mustBe: bound.optional(),
  mustNotBe: bound.optional(),
  mustBeGreaterThan: bound.optional(),
  mustBeGreaterOrEqualTo: bound.optional(),
  mustBeLessThan: bound.optional(),
  mustBeLessOrEqualTo: bound.optional(),
  mustBeBetween: range.optional(),
  mustNotBeBetween: range.optional(),
  severity: z.string().optional(),
  description: z.string().optional(),
});
export type Quality = z.output<typeof Quality>;

const DateText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/, "expected a number or an ISO 8601 date")
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: "expected a number or an ISO 8601 date" });

const isAscending = (low: unknown, high: unknown): boolean =>
  low === undefined || high === undefined || (typeof low === typeof high && (low as number) <= (high as number));

const LogicalTypeOptions = z
  .looseObject({
    minimum: z.union([bound, DateText]).optional(),
    maximum: z.union([bound, DateText]).optional(),
    minLength: z.number().int().min(0).optional(),
    maxLength: z.number().int().min(0).optional(),
    pattern: z.string().max(1_000).optional(),
  })
  .refine(({ minimum, maximum }) => isAscending(minimum, maximum), { error: "expected minimum to be at most maximum" })
  .refine(({ minLength, maxLength }) => isAscending(minLength, maxLength), {
    error: "expected minLength to be at most maxLength",
  });

const CustomProperty = z.looseObject({ property: z.string(), value: z.unknown() });

export const Property = z.looseObject({
  name: z.string().min(1).max(200),
  logicalType: z.enum(["string", "integer", "number", "date", "timestamp", "boolean"]).prefault("string"),
  required: z.boolean().prefault(false),
  unique: z.boolean().prefault(false),
  primaryKey: z.boolean().prefault(false),
  logicalTypeOptions: LogicalTypeOptions.optional(),
  quality: z.array(Quality).prefault([]),
  customProperties: z.array(CustomProperty).prefault([]),
});
export type Property = z.output<typeof Property>;

const SchemaObject = z.looseObject({
  name: z.string(),
  properties: z.array(Property).min(1, "expected at least one property").max(5_000),
  quality: z.array(Quality).prefault([]),
});

export const Contract = z.looseObject({
  apiVersion: z.string().regex(/^v3\.\d+\.\d+$/, 'expected an ODCS version such as "v3.1.0"'),
  kind: z.literal("DataContract"),
  id: z.string().min(1),
  version: z.string().min(1),
  status: z.string().min(1),
  schema: z.array(SchemaObject).length(1, "expected exactly one schema object: one contract describes one dataset"),
});
export type Contract = z.output<typeof Contract>;

/**
 * A column the contract marks as known only after the event: a feature made of it would know the future. The label is
 * known later by nature and belongs in training data.
 */
export function isKnownOnlyLater(property: Property): boolean {
  const marks = new Map(property.customProperties.map(({ property: name, value }) => [name, value]));
  return marks.get("knownOnlyLater") === true && marks.get("role") !== "label";
}
