import { z } from "zod";

/** One of the standard's custom properties. Those we do not use are left alone. */
export const CustomProperty = z.looseObject({ property: z.string(), value: z.unknown() });
export type CustomProperty = z.output<typeof CustomProperty>;

const ROLES = ["label", "id", "quasiIdentifier", "sensitive"] as const;

const PROPERTY_MARKS = {
  /** What the column is to a model, or to whoever wants to know a person again. */
  role: z.enum(ROLES),
  /** Known only after the event that is to be foretold. */
  knownOnlyLater: z.boolean("expected true or false"),
  personalData: z.boolean("expected true or false"),
  /** What personal data is kept for. */
  purpose: z.string("expected text").min(1).max(500),
};

const whole = z.number("expected a whole number").int("expected a whole number");

const OBJECT_MARKS = {
  /** Whether columns must stand in the contract's order; by default any order will do. */
  columnOrder: z.enum(["contract", "any"]),
  /** Fewest rows that may share one combination of quasi-identifiers. */
  kAnonymity: whole.min(2, "expected 2 or more").max(1_000_000),
  /** Fewest sensitive values within one such combination, by entropy. */
  lDiversity: z.number("expected a number").gt(1, "expected a number above 1").max(1_000_000),
};

type Marks<Shape extends z.ZodRawShape> = { readonly [Name in keyof Shape]?: z.output<Shape[Name]> };
export type PropertyMarks = Marks<typeof PROPERTY_MARKS>;
export type ObjectMarks = Marks<typeof OBJECT_MARKS>;

export const propertyMarks = (custom: readonly CustomProperty[]): PropertyMarks => marksOf(PROPERTY_MARKS, custom);
export const objectMarks = (custom: readonly CustomProperty[]): ObjectMarks => marksOf(OBJECT_MARKS, custom);

const Lists = { property: z.array(CustomProperty), object: z.array(CustomProperty) };

/** Custom properties of a column: a mark of ours with a value that means nothing is refused. */
export const PropertyCustom = Lists.property.superRefine((custom, context) => refuse(PROPERTY_MARKS, custom, context));
export const ObjectCustom = Lists.object.superRefine((custom, context) => refuse(OBJECT_MARKS, custom, context));

function marksOf<Shape extends z.ZodRawShape>(shape: Shape, custom: readonly CustomProperty[]): Marks<Shape> {
  const known = custom.filter(({ property }) => Object.hasOwn(shape, property));
  return Object.fromEntries(known.map(({ property, value }) => [property, value])) as Marks<Shape>;
}

function refuse(shape: z.ZodRawShape, custom: readonly CustomProperty[], context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  for (const [at, { property, value }] of custom.entries()) {
    const mark = Object.hasOwn(shape, property) ? shape[property] : undefined;
    if (mark === undefined) continue;
    if (seen.has(property)) context.addIssue({ code: "custom", path: [at], message: `"${property}" is said twice` });
    seen.add(property);
    const [issue] = z.safeParse(mark, value).error?.issues ?? [];
    if (issue !== undefined)
      context.addIssue({ code: "custom", path: [at, "value"], message: `${property}: ${words(issue)}` });
  }
}

function words(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_value" ? `expected one of ${issue.values.join(", ")}` : issue.message;
}
