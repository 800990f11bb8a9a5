import { z } from "zod";
import { PropertyCustom } from "./marks.ts";
import { kindOf, Quality } from "./quality.ts";
import { PropertyRelationship } from "./relationship.ts";

const bound = z.number("expected a finite number");

const DateText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/, "expected a number or an ISO 8601 date")
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: "expected a number or an ISO 8601 date" });

const Bound = z.union([bound, DateText]);

const isAscending = (low: unknown, high: unknown): boolean =>
  low === undefined || high === undefined || (typeof low === typeof high && (low as number) <= (high as number));

const length = z.number("expected a whole number").int("expected a whole number").min(0, "expected 0 or more");

const LogicalTypeOptions = z
  .looseObject({
    minimum: Bound.optional(),
    maximum: Bound.optional(),
    exclusiveMinimum: Bound.optional(),
    exclusiveMaximum: Bound.optional(),
    minLength: length.optional(),
    maxLength: length.optional(),
    pattern: z.string().max(1_000, "expected a pattern of at most 1,000 characters").optional(),
  })
  .refine(({ minimum, maximum }) => isAscending(minimum, maximum), { error: "expected minimum to be at most maximum" })
  .refine(
    ({ exclusiveMinimum: low, exclusiveMaximum: high }) =>
      isAscending(low, high) && (low === undefined || low !== high),
    {
      error: "expected exclusiveMinimum to be below exclusiveMaximum",
    },
  )
  .refine(({ minLength, maxLength }) => isAscending(minLength, maxLength), {
    error: "expected minLength to be at most maxLength",
  });

const Name = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes("\0"), { error: "expected a name without a NUL character" })
  .refine((name) => name !== "__proto__", { error: 'the name "__proto__" is refused' });

/** A column of the dataset. */
export const Property = z
  .looseObject({
    id: z.string().optional(),
    name: Name,
    logicalType: z.enum(["string", "integer", "number", "date", "timestamp", "boolean"]).prefault("string"),
    required: z.boolean().prefault(false),
    unique: z.boolean().prefault(false),
    primaryKey: z.boolean().prefault(false),
    /** From 1; the standard's −1 says nothing. */
    primaryKeyPosition: z.number().int().min(-1).optional(),
    logicalTypeOptions: LogicalTypeOptions.optional(),
    relationships: z.array(PropertyRelationship).max(20).prefault([]),
    quality: z.array(Quality).max(100).prefault([]),
    customProperties: PropertyCustom.prefault([]),
  })
  .superRefine((property, context) => {
    for (const { path, message } of [...boundProblems(property), ...levelProblems(property)])
      context.addIssue({ code: "custom", path, message });
  });
export type Property = z.output<typeof Property>;

const BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;

function boundProblems({ logicalType, logicalTypeOptions = {} }: Pick<Property, "logicalType" | "logicalTypeOptions">) {
  const isTime = logicalType === "date" || logicalType === "timestamp";
  const isNumber = logicalType === "integer" || logicalType === "number";
  return BOUNDS.flatMap((name) => {
    const value = logicalTypeOptions[name];
    const path = ["logicalTypeOptions", name];
    if (isTime && typeof value === "number") return [{ path, message: "expected an ISO 8601 date in quotes" }];
    return isNumber && typeof value === "string" ? [{ path, message: "expected a number" }] : [];
  });
}

function levelProblems({ quality }: Pick<Property, "quality">) {
  return quality.flatMap((rule, at) => {
    const path = ["quality", at];
    if (kindOf(rule) === "tidemark") return [{ path, message: "belongs to the schema object, not to a column" }];
    if (kindOf(rule) !== "metric" || rule.metric !== "rowCount") return [];
    return [{ path, message: "rowCount belongs to the schema object, not to a column" }];
  });
}
