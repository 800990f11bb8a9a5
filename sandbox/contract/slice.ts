import { readFileSync } from "node:fs";

/** A JSON Schema node as it stands in GitHub's documents. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-multi-segment"?: boolean;
}

export interface Answer {
  readonly content?: Content;
}

export interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer | Reference>>;
}

interface Reference {
  readonly $ref: string;
}

export interface Slice {
  readonly "x-source": { readonly package: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

let loaded: Slice | undefined;

export function loadSlice(): Slice {
  loaded ??= JSON.parse(readFileSync(new URL("github-api.json", import.meta.url), "utf8")) as Slice;
  return loaded;
}

const lastSegment = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

export function parametersOf(slice: Slice, operation: Operation): readonly Parameter[] {
  return (operation.parameters ?? []).flatMap((given) => {
    if (!("$ref" in given)) return [given];
    return slice.components.parameters[lastSegment(given.$ref)] ?? [];
  });
}

/** What the operation documents for a status, or undefined when it documents nothing. */
export function answerOf(slice: Slice, operation: Operation, status: number): Answer | undefined {
  const given = operation.responses[String(status)];
  return given && "$ref" in given ? slice.components.responses[lastSegment(given.$ref)] : given;
}

export const isJson = (mediaType: string): boolean => /^application\/([\w.-]+\+)?json\b/.test(mediaType);

/** The flavour in which GitHub describes a folder as one object; for a file it is the plain one. */
const OBJECT_FLAVOUR = "application/vnd.github.object";

/**
 * The schema for an answer of type application/json, under which GitHub sends every JSON flavour: they are
 * alternatives. Undefined when no documented media type is JSON.
 */
export function jsonSchema(content: Content): Schema | undefined {
  if (!schemaOf.has(content)) schemaOf.set(content, joinFlavours(content));
  return schemaOf.get(content);
}

/** One object per content: validators are cached by the identity of their schema. */
const schemaOf = new WeakMap<Content, Schema | undefined>();

function joinFlavours(content: Content): Schema | undefined {
  const flavours = Object.entries(content).flatMap(([mediaType, { schema = {} }]): readonly Schema[] => {
    if (mediaType === OBJECT_FLAVOUR) return [{ allOf: [schema], required: ["entries"] }];
    return isJson(mediaType) ? [schema] : [];
  });
  return flavours.length > 1 ? { anyOf: flavours } : flavours[0];
}
