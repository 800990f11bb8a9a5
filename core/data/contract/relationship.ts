import { z } from "zod";

const Reference = z
  .string()
  .max(500)
  .refine((text) => referenceOf(text) !== undefined, {
    error: 'expected "object.column" or "schema/object/properties/column"',
  });
const References = z.union([Reference, z.array(Reference).min(1).max(20)]);

const base = { type: z.literal("foreignKey").prefault("foreignKey"), to: References };

/** At a column, which is what refers. */
export const PropertyRelationship = z
  .looseObject({ ...base, from: z.undefined("expected no from: it is the column itself").optional() })
  .refine(({ to }) => isOne(to), {
    error: "expected one column in to; write keys of several columns at the schema object",
  });

/** At the schema object: columns of it, and as many of the other. */
export const ObjectRelationship = z
  .looseObject({ ...base, from: References })
  .refine(({ from, to }) => list(from).length === list(to).length, {
    error: "expected as many columns in from as in to",
  })
  .refine(({ to }) => new Set(list(to).map((text) => referenceOf(text)?.object)).size === 1, {
    error: "expected all columns in to of one object",
  });

export interface Reference {
  /** Name of the dataset that is referred to. */
  readonly object: string;
  readonly column: string;
}

const QUALIFIED = /^(?:[^#]*#)?\/?schema\/(?<object>[^/]+)\/properties\/(?<column>[^/]+)$/;
const SHORT = /^(?:[^#]*#)?(?<object>[^./#]+)\.(?<column>[^/]+)$/;

/** Both notations of the standard; an id stands for the name it is equal to. Undefined for any other text. */
export function referenceOf(text: string): Reference | undefined {
  const found = (QUALIFIED.exec(text) ?? SHORT.exec(text))?.groups;
  const { object, column } = found ?? {};
  return object === undefined || column === undefined ? undefined : { object, column };
}

export function list(references: string | readonly string[]): readonly string[] {
  return typeof references === "string" ? [references] : references;
}

function isOne(references: string | readonly string[]): boolean {
  return list(references).length === 1;
}
