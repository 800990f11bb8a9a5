/**
 * Cuts GitHub's OpenAPI document down to what the sandbox serves and writes sandbox/contract/github-api.json:
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *   node scripts/slice-github-api.ts package/generated/api.github.com.json
 *
 * The package installs at 404 MB (every GitHub Enterprise release), so it is never a dependency.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { operations } from "#sandbox/contract/operations";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}
interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, JsonObject>>;
  readonly components: Record<string, Record<string, JsonObject>>;
}

const SOURCE_PACKAGE = "@octokit/openapi";
const TARGET = new URL("../sandbox/contract/github-api.json", import.meta.url);

/** Words for readers and for code generators; none of them decides whether an exchange is on contract. */
const PROSE = new Set(
  "description summary title example examples externalDocs deprecated readOnly writeOnly default discriminator xml tags operationId headers servers nullable".split(
    " ",
  ),
);
/** Under these keys the names are GitHub's (a property may well be called "description"), not OpenAPI's. */
const NAMED = new Set(["properties", "responses", "content", "patternProperties"]);
const COMBINERS = ["anyOf", "oneOf", "allOf", "$ref"];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isKept = (key: string): boolean => !PROSE.has(key) && (!key.startsWith("x-") || key === "x-multi-segment");

const byKey = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

function slim(value: Json): Json {
  if (Array.isArray(value)) return value.map(slim);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => isKept(key));
  const kept = Object.fromEntries(entries.sort(byKey).map(([key, child]) => [key, slimChild(key, child)]));
  return value["nullable"] === true ? withNull(kept) : kept;
}

function slimChild(key: string, child: Json): Json {
  if (key === "enum" || key === "required") return child;
  return NAMED.has(key) && isObject(child) ? slimNames(child) : slim(child);
}

const slimNames = (names: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(names)
      .sort(byKey)
      .map(([name, child]) => [name, slim(child)]),
  );

/** OpenAPI 3.0's `nullable: true` in the words of JSON Schema; validators reject it where `type` is missing. */
function withNull(schema: JsonObject): JsonObject {
  if (COMBINERS.some((key) => key in schema)) return { anyOf: [schema, { type: "null" }] };
  const { type, enum: choices } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: [type, "null"] }),
    ...(Array.isArray(choices) && { enum: [...new Set([...choices, null])] }),
  };
}

function collectRefs(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const child of value) collectRefs(child, found);
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === "$ref" && typeof child === "string") found.add(child);
    else collectRefs(child, found);
  }
}

function slicePaths(full: OpenApi): Record<string, JsonObject> {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const [method = "", template = ""] = operation.split(" ");
    const found = full.paths[template]?.[method.toLowerCase()];
    if (!found) throw new Error(`GitHub's document has no ${operation}; correct sandbox/contract/operations.ts.`);
    paths[template] = { ...paths[template], [method.toLowerCase()]: slim(found) };
  }
  return paths;
}

/** The components that the paths reach, by section and name. */
function sliceComponents(full: OpenApi, paths: Json): Record<string, Record<string, Json>> {
  const components: Record<string, Record<string, Json>> = {};
  const queue = new Set<string>();
  collectRefs(paths, queue);
  // A Set's iteration also visits what is added on the way.
  for (const ref of queue) {
    const [, , section = "", name = ""] = ref.split("/");
    const found = full.components[section]?.[name];
    if (!found) throw new Error(`GitHub's document has no ${ref}.`);
    const component = slim(found);
    components[section] = { ...components[section], [name]: component };
    collectRefs(component, queue);
  }
  return components;
}

/** One line per path and per component: a refresh can be read as a diff. */
function formatLines(record: JsonObject, depth: number): string {
  const lines = Object.entries(record)
    .sort(byKey)
    .map(([key, value]) => {
      const text = depth > 1 && isObject(value) ? formatLines(value, depth - 1) : JSON.stringify(value);
      return `${JSON.stringify(key)}:${text}`;
    });
  return `{\n${lines.join(",\n")}\n}`;
}

function formatSlice(full: OpenApi): string {
  const paths = slicePaths(full);
  const source = { package: SOURCE_PACKAGE, version: full.info.version, document: "generated/api.github.com.json" };
  return [
    `{"x-source":${JSON.stringify({ ...source, license: "MIT" })},`,
    `"paths":${formatLines(paths, 1)},`,
    `"components":${formatLines(sliceComponents(full, paths), 2)}}\n`,
  ].join("\n");
}

const [source] = process.argv.slice(2);
if (!source) throw new Error("Usage: node scripts/slice-github-api.ts path/to/api.github.com.json");
const slice = formatSlice(JSON.parse(readFileSync(source, "utf8")) as OpenApi);
writeFileSync(TARGET, slice);
console.log(`${operations.length} operations, ${Math.round(slice.length / 1024)} KB`);
