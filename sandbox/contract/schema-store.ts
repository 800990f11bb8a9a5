import { Ajv, type AnySchemaObject, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";
import { describeErrors } from "./problems.ts";
import type { Schema } from "./slice.ts";

export interface SchemaStore {
  /** What is wrong with the value, one readable line each; empty when nothing is. */
  problems(schema: Schema, value: unknown): readonly string[];
  /** The same for text that came in a URL: "5" is accepted for an integer. */
  textProblems(schema: Schema, value: unknown): readonly string[];
  resolve(schema: Schema): Schema;
}

type Components = Readonly<Record<string, Schema>>;

const PREFIX = "#/components/schemas/";

function createAjv(coerceTypes: false | "array"): Ajv {
  // Referenced schemas stay functions of their own: a pull request names simple-user eleven times.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    coerceTypes,
  });
  ajvFormats.default(ajv);
  const isUri = ajv.formats["uri"];
  const accepts = typeof isUri === "function" ? isUri : () => true;
  // GitHub declares target_url and log_url as URIs and answers "" where there is none.
  ajv.addFormat("uri", (text: string) => text === "" || accepts(text));
  const isEmail = ajv.formats["email"];
  const acceptsEmail = typeof isEmail === "function" ? isEmail : () => true;
  // The address GitHub gives an app's commits holds brackets, which the format of RFC 5321 wants quoted.
  ajv.addFormat("email", (text: string) =>
    acceptsEmail(text.replace("[bot]@users.noreply.github.com", "@users.noreply.github.com")),
  );
  ajv.addFormat("timestamp", true);
  return ajv;
}

/** Validators for the components of one document, each compiled when it is first needed. */
function createCompiler(components: Components, coerceTypes: false | "array") {
  const ajv = createAjv(coerceTypes);
  const registered = new Set<string>();
  const compiled = new WeakMap<Schema, ValidateFunction>();

  const register = (name: string): void => {
    if (registered.has(name)) return;
    registered.add(name);
    ajv.addSchema(relocate(components[name] ?? {}) as AnySchemaObject, name);
  };
  // Components live in ajv under their bare names, so that only those in use are ever walked.
  const relocate = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(relocate);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, relocateEntry(key, child)]));
  };
  const relocateEntry = (key: string, child: unknown): unknown => {
    if (key !== "$ref" || typeof child !== "string") return relocate(child);
    const name = child.slice(PREFIX.length);
    register(name);
    return name;
  };
  return (schema: Schema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const validate = ajv.compile(relocate(schema) as AnySchemaObject);
    compiled.set(schema, validate);
    return validate;
  };
}

export function createSchemaStore(components: Components): SchemaStore {
  const strictly = createCompiler(components, false);
  const leniently = createCompiler(components, "array");
  const run = (validate: ValidateFunction, value: unknown): readonly string[] =>
    validate(value) ? [] : describeErrors(validate.errors ?? []);
  return {
    problems: (schema, value) => run(strictly(schema), value),
    textProblems: (schema, value) => run(leniently(schema), value),
    resolve: (schema) => {
      let node = schema;
      while (node.$ref !== undefined) node = components[node.$ref.slice(PREFIX.length)] ?? {};
      return node;
    },
  };
}
