import type { ErrorObject } from "ajv";

const MAX_PROBLEMS = 20;
const MAX_VALUE_LENGTH = 60;

const kindOf = (value: unknown): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
};

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

const typeName = (type: unknown): string => (Array.isArray(type) ? type.join(" or ") : String(type));

function missingType(error: ErrorObject): string {
  const type = error.parentSchema?.["properties"]?.[error.params["missingProperty"]]?.type;
  return type === undefined ? "present" : typeName(type);
}

const describers: Readonly<Record<string, (error: ErrorObject) => string>> = {
  required: (error) => `/${error.params["missingProperty"]}: must be ${missingType(error)}, got undefined`,
  type: (error) => `: must be ${typeName(error.params["type"])}, got ${kindOf(error.data)}`,
  enum: (error) => `: must be one of ${shorten(error.params["allowedValues"])}, got ${shorten(error.data)}`,
  format: (error) => `: must match format ${error.params["format"]}, got ${shorten(error.data)}`,
  additionalProperties: (error) => `/${error.params["additionalProperty"]}: is not documented`,
};

function describe(error: ErrorObject): string {
  const words = describers[error.keyword]?.(error) ?? `: ${error.message ?? error.keyword}, got ${shorten(error.data)}`;
  return `${error.instancePath}${words}`;
}

const isUnion = (error: ErrorObject): boolean => error.keyword === "anyOf" || error.keyword === "oneOf";

/** "must be null" beside another complaint only says that the value was also not absent. */
function isNoise(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  const isNullBranch = error.keyword === "type" && error.params["type"] === "null";
  if (!isNullBranch && !isUnion(error)) return false;
  return all.some((other) => {
    const speaksBetter = !isUnion(other) && !(other.keyword === "type" && other.params["type"] === "null");
    return speaksBetter && other.instancePath.startsWith(error.instancePath);
  });
}

/** Ajv's errors as lines such as "/0/user/login: must be string, got undefined". */
export function describeErrors(errors: readonly ErrorObject[]): readonly string[] {
  const lines = new Set(errors.filter((error) => !isNoise(error, errors)).map(describe));
  return [...lines].slice(0, MAX_PROBLEMS);
}
