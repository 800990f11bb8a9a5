import { z } from "zod";
import { type PropertyMarks, propertyMarks } from "./contract/marks.ts";
import type { Property } from "./contract/property.ts";
import { SchemaObject } from "./contract/schema-object.ts";
import { ageKind, columnsOf, ServiceLevel } from "./contract/service-level.ts";

const Description = z.looseObject({ purpose: z.string().optional() });

const Fields = z.looseObject({
  apiVersion: z
    .string()
    .regex(/^v3\.[01]\.\d{1,3}$/, 'expected a version of the standard that we know, such as "v3.1.0"'),
  kind: z.literal("DataContract"),
  id: z.string().min(1).max(200),
  version: z.string().min(1).max(100),
  status: z.string().min(1),
  description: z.union([z.string(), Description]).optional(),
  schema: z.array(SchemaObject).length(1, "expected exactly one schema object: one contract describes one dataset"),
  slaProperties: z.array(ServiceLevel).max(100).prefault([]),
});

/**
 * The parts of the Open Data Contract Standard (ODCS v3.1) that a check can be made of. Keys we do not use are left
 * alone, since a contract is shared with other tools; a key we do use must be well-formed.
 */
export const Contract = Fields.superRefine(({ schema, slaProperties }, context) => {
  const names = new Set(schema.flatMap(({ properties }) => properties.map(({ name }) => name)));
  for (const [at, level] of slaProperties.entries()) {
    if (ageKind(level) === undefined) continue;
    const columns = columnsOf(level);
    const isKnown = columns.every((name) => names.has(name)) && (columns.length > 0 || ageKind(level) === "retention");
    const message = "expected columns of the schema object, such as rows.day";
    if (!isKnown) context.addIssue({ code: "custom", path: ["slaProperties", at, "element"], message });
  }
});
export type Contract = z.output<typeof Contract>;

/** Where in a contract something stands: schema, 0, properties, 3. */
export type ContractPath = readonly (string | number)[];

export const objectPath: ContractPath = ["schema", 0];

export function propertyPath(contract: Contract, name: string): ContractPath {
  const at = objectOf(contract).properties.findIndex((property) => property.name === name);
  return at === -1 ? objectPath : [...objectPath, "properties", at];
}

/** A contract describes one dataset, so it has one schema object. */
export function objectOf({ schema }: Contract): SchemaObject {
  const [object] = schema;
  if (object === undefined) throw new Error("A contract without a schema object passed its schema.");
  return object;
}

export function labelColumn(contract: Contract): string | undefined {
  return columnsWithRole(contract, "label")[0];
}

export function columnsWithRole(contract: Contract, role: PropertyMarks["role"]): readonly string[] {
  const { properties } = objectOf(contract);
  return properties
    .filter((property) => propertyMarks(property.customProperties).role === role)
    .map(({ name }) => name);
}

/** Columns a model may learn from: not the label, no key, nothing known only later. */
export function featureColumns(contract: Contract): readonly string[] {
  return objectOf(contract)
    .properties.filter((property) => !isKey(property) && !isKnownOnlyLater(property))
    .filter(({ customProperties }) => propertyMarks(customProperties).role !== "label")
    .map(({ name }) => name);
}

/** Columns that are new in every snapshot by nature: keys and moments. Of them a drift says nothing. */
export function movingColumns(contract: Contract): readonly string[] {
  const isMoment = ({ logicalType }: Property) => logicalType === "date" || logicalType === "timestamp";
  return objectOf(contract)
    .properties.filter((property) => isKey(property) || isMoment(property))
    .map(({ name }) => name);
}

function isKey({ primaryKey, unique, customProperties }: Property): boolean {
  return primaryKey || unique || propertyMarks(customProperties).role === "id";
}

/** What the data is kept for, if the contract says so. */
export function purposeOf({ description }: Contract): string | undefined {
  return typeof description === "object" ? description.purpose : undefined;
}

/**
 * A column the contract marks as known only after the event: a feature made of it would know the future. The label is
 * known later by nature and belongs in training data.
 */
export function isKnownOnlyLater(property: Property): boolean {
  const { knownOnlyLater, role } = propertyMarks(property.customProperties);
  return knownOnlyLater === true && role !== "label";
}
