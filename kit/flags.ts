import { parseArgs } from "node:util";
import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import type { InputField } from "./field.ts";

export interface Flags {
  readonly help: boolean;
  readonly json: boolean;
  /** Raw inputs by name, as a GitHub job would give them. */
  readonly values: Readonly<Record<string, string>>;
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

const COMMON = ["help", "json"];

/**
 * Reads `--name value`, `--name=value`, `--flag`, `--no-flag`, repeated lists, and values without a flag for the inputs
 * that are `positional`. Throws a UserError on anything else.
 */
export function parseFlags(
  args: readonly string[],
  fields: readonly InputField[],
  positional: readonly string[] = [],
): Flags {
  const values: Record<string, string> = {};
  const common = new Set<string>();
  const places = positional.flatMap((name) => fields.filter((field) => field.name === name));
  for (const token of tokens(args, fields)) {
    if (token.kind === "positional") store(values, placeOf(token.value, places.shift(), fields), token.value);
    if (token.kind !== "option") continue;
    if (COMMON.includes(token.name)) common.add(token.name);
    else storeOption(values, fields, token);
  }
  return { help: common.has("help"), json: common.has("json"), values };
}

function tokens(args: readonly string[], fields: readonly InputField[]): readonly Token[] {
  const options = Object.fromEntries(
    fields.map(({ name, kind }) => [name, { type: kind === "flag" ? ("boolean" as const) : ("string" as const) }]),
  );
  const common = { help: { type: "boolean", short: "h" }, json: { type: "boolean" } } as const;
  return parseArgs({
    args: [...args],
    options: { ...options, ...common },
    // Not strict: our own messages know the near misses, and "-0.5" is a value, not a mistake.
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function storeOption(values: Record<string, string>, fields: readonly InputField[], token: OptionToken): void {
  const { field, value } = assignment(fields, token);
  store(values, field, value);
}

function store(values: Record<string, string>, field: InputField, value: string): void {
  const earlier = values[field.name];
  if (earlier !== undefined && field.kind !== "list") {
    throw new UserError("REPEATED_FLAG", `--${field.name} is given twice.`, "Give it once.");
  }
  values[field.name] = earlier === undefined ? value : `${earlier}\n${value}`;
}

function assignment(fields: readonly InputField[], token: OptionToken): { field: InputField; value: string } {
  const field = fields.find(({ name }) => name === token.name);
  if (field !== undefined) return { field, value: rawValue(field, token) };
  const negated = fields.find(({ name, kind }) => kind === "flag" && token.rawName === `--no-${name}`);
  if (negated === undefined || token.value !== undefined) throw unknown(token.rawName, fields);
  return { field: negated, value: "false" };
}

function rawValue({ name, kind }: InputField, { value, inlineValue }: OptionToken): string {
  if (kind === "flag") return value ?? "true";
  if (value === undefined || (!inlineValue && value.startsWith("--"))) {
    throw new UserError("MISSING_VALUE", `--${name} needs a value.`, `Write --${name}=<value>.`);
  }
  return value;
}

function unknown(rawName: string, fields: readonly InputField[]): UserError {
  const known = [...fields.map(({ name }) => name), ...COMMON].map((name) => `--${name}`);
  const hint = didYouMean(rawName, known) || "Add --help to see all flags.";
  return new UserError("UNKNOWN_FLAG", `There is no flag ${rawName}.`, hint);
}

/** The input that a value without a flag is for. */
function placeOf(value: string, place: InputField | undefined, fields: readonly InputField[]): InputField {
  const isStray = (value === "true" || value === "false") && fields.some(({ kind }) => kind === "flag");
  if (place === undefined || isStray) throw unexpected(value, fields);
  return place;
}

function unexpected(value: string, fields: readonly InputField[]): UserError {
  const flag = fields.find(({ kind }) => kind === "flag" && (value === "true" || value === "false"));
  const hint = flag === undefined ? "Give every value after its flag." : `Write --${flag.name} or --no-${flag.name}.`;
  return new UserError("UNEXPECTED_ARGUMENT", `"${value}" stands alone.`, hint);
}

/** Flags first, then the environment variables that inputs name as their stand-in. */
export function withEnvironment(
  values: Flags["values"],
  fields: readonly InputField[],
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const fallbacks = fields.map(({ name, environment: variable }) => [name, variable && environment[variable]]);
  return { ...Object.fromEntries(fallbacks), ...values };
}
