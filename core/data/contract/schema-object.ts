import { z } from "zod";
import { ObjectCustom, objectMarks, propertyMarks } from "./marks.ts";
import { Property } from "./property.ts";
import { kindOf, Quality, tidemarkCheck } from "./quality.ts";
import { list, ObjectRelationship, referenceOf } from "./relationship.ts";

const Fields = z.looseObject({
  id: z.string().optional(),
  name: z.string().min(1),
  properties: z.array(Property).min(1, "expected at least one property").max(5_000),
  relationships: z.array(ObjectRelationship).max(100).prefault([]),
  quality: z.array(Quality).max(1_000).prefault([]),
  customProperties: ObjectCustom.prefault([]),
});

/** The rows of the dataset: its columns, and what holds of them together. */
export const SchemaObject = Fields.superRefine((object, context) => {
  const problems = [repeatedNames, keyProblems, relationshipProblems, ruleProblems, roleProblems];
  for (const { path, message } of problems.flatMap((find) => find(object)))
    context.addIssue({ code: "custom", path, message });
});
export type SchemaObject = z.output<typeof SchemaObject>;

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

function repeatedNames({ properties }: SchemaObject): Problem[] {
  const first = new Map<string, number>();
  return properties.flatMap(({ name }, at) => {
    const before = first.get(name);
    if (before === undefined) first.set(name, at);
    const message = `the name is that of properties[${before}] already`;
    return before === undefined ? [] : [{ path: ["properties", at, "name"], message }];
  });
}

function keyProblems({ properties }: SchemaObject): Problem[] {
  const seen = new Set<number>();
  return properties.flatMap(({ primaryKeyPosition: position = -1 }, at) => {
    const path = ["properties", at, "primaryKeyPosition"];
    if (position === -1) return [];
    if (position === 0) return [{ path, message: "expected 1 or more" }];
    if (seen.has(position)) return [{ path, message: "expected every position once" }];
    seen.add(position);
    return [];
  });
}

function relationshipProblems(object: SchemaObject): Problem[] {
  const names = new Set(object.properties.flatMap(({ name, id }) => [name, id ?? name]));
  return object.relationships.flatMap(({ from }, at) =>
    list(from).flatMap((text) => {
      const reference = referenceOf(text);
      const isOwn = reference?.object === object.name || reference?.object === object.id;
      if (isOwn && names.has(reference?.column ?? "")) return [];
      return [{ path: ["relationships", at, "from"], message: "expected columns of this schema object" }];
    }),
  );
}

function ruleProblems(object: SchemaObject): Problem[] {
  return object.quality.flatMap((rule, at): Problem[] => {
    const path = ["quality", at];
    const kind = kindOf(rule);
    if (kind === "query") return queryProblem(rule, [...path, "query"]);
    if (kind === "metric") return metricProblem(rule, object, path);
    return tidemarkCheck(rule)?.check === "conflictingLabels" ? labelProblem(object, path) : [];
  });
}

const OF_COLUMN = /\$?\{(?:property|column)\}/;

function queryProblem({ query = "" }: Quality, path: Problem["path"]): Problem[] {
  return OF_COLUMN.test(query) ? [{ path, message: "names {property}, which only a rule of a column has" }] : [];
}

function metricProblem(rule: Quality, { properties }: SchemaObject, path: Problem["path"]): Problem[] {
  if (rule.metric === "rowCount") return [];
  if (rule.metric !== "duplicateValues") return [{ path, message: `${rule.metric} belongs to a column` }];
  const names = new Set(properties.map(({ name }) => name));
  const columns = rule.arguments?.properties ?? [];
  if (columns.length > 0 && columns.every((name) => names.has(name))) return [];
  return [{ path, message: "duplicateValues needs arguments.properties: columns of this schema object" }];
}

function labelProblem({ properties }: SchemaObject, path: Problem["path"]): Problem[] {
  const hasLabel = properties.some(({ customProperties }) => propertyMarks(customProperties).role === "label");
  return hasLabel ? [] : [{ path, message: "conflictingLabels needs a column with the role label" }];
}

function roleProblems({ properties, customProperties }: SchemaObject): Problem[] {
  const roles = properties.map((property) => propertyMarks(property.customProperties).role);
  const count = (role: string) => roles.filter((one) => one === role).length;
  const { kAnonymity, lDiversity } = objectMarks(customProperties);
  const told = (isWrong: boolean, message: string): Problem[] =>
    isWrong ? [{ path: ["customProperties"], message }] : [];
  return [
    ...told(count("label") > 1, "expected at most one column with the role label"),
    ...told(count("sensitive") > 1, "expected at most one column with the role sensitive"),
    ...told(
      (kAnonymity ?? lDiversity) !== undefined && count("quasiIdentifier") === 0,
      "kAnonymity and lDiversity need columns with the role quasiIdentifier",
    ),
    ...told(lDiversity !== undefined && count("sensitive") === 0, "lDiversity needs a column with the role sensitive"),
  ];
}
