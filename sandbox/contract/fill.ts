import { webhookSchema } from "./delivery.ts";
import { createSchemaStore, type SchemaStore } from "./schema-store.ts";
import { answerOf, jsonSchema, loadSlice, type Schema } from "./slice.ts";

/**
 * Completes what a serializer states with neutral values for every other field GitHub requires:
 *
 *   fill("pull-request", { number: 7, title: "Promote churn v3" }, { base })         // a schema of the slice, by name
 *   fillResponse({ operation: "GET /repos/{owner}/{repo}", status: 200 }, { name: "churn" }, { base })
 *   fillDelivery("pull_request.opened", { action: "opened", number: 7 }, { base })
 *
 * It works in depth: `{ head: { sha } }` gets its label, ref, repo and user, and so does every item of a stated array.
 * Neutral is "" for text, 0, false, [], null where null is allowed, the first value of an enum, 1970 for times and
 * `base` for URIs. Stated values are never changed, not even wrong ones: those are for the gate to find.
 */
export interface FillOptions {
  /** Where the sandbox listens, for fields that must be URIs. */
  readonly base?: string;
}

type Fields = Readonly<Record<string, unknown>>;
export type Filled<T> = T & Record<string, unknown>;

const NEVER = "1970-01-01T00:00:00Z";
/** GitHub's schemas nest eleven deep; beyond this a schema requires itself. */
const MAX_DEPTH = 24;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typesOf = ({ type }: Schema): readonly string[] => (typeof type === "string" ? [type] : (type ?? []));

function neutralText(schema: Schema, base: string): string {
  const byFormat: Readonly<Record<string, string>> = {
    "date-time": NEVER,
    timestamp: NEVER,
    date: NEVER.slice(0, 10),
    uri: `${base}/`,
    "uri-template": `${base}/`,
    email: "nobody@example.com",
  };
  return byFormat[schema.format ?? ""] ?? "0".repeat(schema.minLength ?? 0);
}

/** The schema with its references followed and all of its allOf parts joined. */
function flatten(schema: Schema, store: SchemaStore): Schema {
  const { allOf, ...own } = store.resolve(schema);
  return (allOf ?? []).map((part) => flatten(part, store)).reduce(join, own);
}

/** Both schemas at once; where both speak of a property, the property has to please both. */
function join(left: Schema, right: Schema): Schema {
  const properties = { ...left.properties };
  for (const [name, schema] of Object.entries(right.properties ?? {})) {
    const other = properties[name];
    properties[name] = other ? { allOf: [other, schema] } : schema;
  }
  const type = narrow(left.type && numericTypes(left), right.type && numericTypes(right));
  const choices = narrow(left.enum, right.enum);
  return {
    ...left,
    ...right,
    properties,
    required: [...new Set([...(left.required ?? []), ...(right.required ?? [])])],
    ...(type && { type }),
    ...(choices && { enum: choices }),
  };
}

/** An integer is a number too, which matters where two schemas meet. */
const numericTypes = (schema: Schema): readonly string[] =>
  typesOf(schema).flatMap((type) => (type === "number" ? ["number", "integer"] : [type]));

function narrow<T>(
  left: readonly T[] | undefined | "",
  right: readonly T[] | undefined | "",
): readonly T[] | undefined {
  if (!left || !right) return left || right || undefined;
  return left.filter((one) => right.includes(one));
}

function createFiller(store: SchemaStore, base: string) {
  const complete = (given: Schema, stated: unknown, depth: number): unknown => {
    const schema = flatten(given, store);
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches) return choose(schema, branches, { stated, depth });
    if (stated === undefined) return neutral(schema, depth);
    if (Array.isArray(stated)) return stated.map((item) => (schema.items ? complete(schema.items, item, depth) : item));
    return isFields(stated) ? completeFields(schema, stated, depth) : stated;
  };

  const completeFields = (schema: Schema, stated: Fields, depth: number): Fields => {
    if (depth > MAX_DEPTH) return stated;
    const properties = schema.properties ?? {};
    const names = new Set([...Object.keys(stated), ...(schema.required ?? [])]);
    const entries = [...names].map(
      (name) => [name, complete(properties[name] ?? {}, stated[name], depth + 1)] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  };

  /** The first alternative under which the completed value is valid; nullable fields that nobody states become null. */
  const choose = (schema: Schema, branches: readonly Schema[], at: { stated: unknown; depth: number }): unknown => {
    const { anyOf: _, oneOf: __, ...own } = schema;
    if (at.stated === undefined && branches.some((branch) => typesOf(branch).includes("null"))) return null;
    const candidates = branches.map((branch) => complete(join(own, flatten(branch, store)), at.stated, at.depth));
    return candidates.find((candidate) => store.problems(schema, candidate).length === 0) ?? candidates[0];
  };

  const neutral = (schema: Schema, depth: number): unknown => {
    const types = typesOf(schema);
    if (types.includes("null")) return null;
    if (schema.enum) return schema.enum[0];
    const [type = schema.properties ? "object" : "none"] = types;
    return neutralOf[type]?.(schema, depth) ?? null;
  };

  const neutralOf: Readonly<Record<string, (schema: Schema, depth: number) => unknown>> = {
    object: (schema, depth) => completeFields(schema, {}, depth),
    array: (schema, depth) =>
      Array.from({ length: schema.minItems ?? 0 }, () => complete(schema.items ?? {}, undefined, depth + 1)),
    string: (schema) => neutralText(schema, base),
    integer: (schema) => schema.minimum ?? 0,
    number: (schema) => schema.minimum ?? 0,
    boolean: () => false,
  };

  return <T extends object>(schema: Schema, partial: T): Filled<T> => complete(schema, partial, 0) as Filled<T>;
}

const DEFAULT_BASE = "http://127.0.0.1";

let sliceStore: SchemaStore | undefined;

function storeOfSlice(): SchemaStore {
  sliceStore ??= createSchemaStore(loadSlice().components.schemas);
  return sliceStore;
}

/** Completes an object of one of the slice's schemas, such as "pull-request" or "check-run". */
export function fill<T extends object>(name: string, partial: T, { base = DEFAULT_BASE }: FillOptions = {}): Filled<T> {
  if (!(name in loadSlice().components.schemas)) throw new Error(`GitHub's contract has no schema "${name}".`);
  return createFiller(storeOfSlice(), base)({ $ref: `#/components/schemas/${name}` }, partial);
}

/** Completes the body that an operation ("GET /repos/{owner}/{repo}") documents for a status. */
export function fillResponse<T extends object>(
  at: { readonly operation: string; readonly status: number },
  partial: T,
  { base = DEFAULT_BASE }: FillOptions = {},
): Filled<T> {
  const [method = "", template = ""] = at.operation.split(" ");
  const slice = loadSlice();
  const operation = slice.paths[template]?.[method.toLowerCase()];
  const content = operation && answerOf(slice, operation, at.status)?.content;
  const schema = content && jsonSchema(content);
  if (!schema) throw new Error(`GitHub's contract has no JSON body for ${at.operation} with status ${at.status}.`);
  return createFiller(storeOfSlice(), base)(schema, partial);
}

/** Completes a webhook payload; `event` is "push" or, where the event has actions, "pull_request.opened". */
export function fillDelivery<T extends object>(
  event: string,
  partial: T,
  { base = DEFAULT_BASE }: FillOptions = {},
): Filled<T> {
  const [name = "", action] = event.split(".");
  const found = webhookSchema(name, action);
  if (!found) throw new Error(`GitHub documents no event ${event}.`);
  return createFiller(found.store, base)(found.schema, partial);
}
