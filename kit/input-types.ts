import { z } from "zod";

/** What the JSON Schema of an input cannot say: how it is given on a command line and where else it may come from. */
export interface InputNote {
  readonly kind: "text" | "whole number" | "number" | "flag" | "choice" | "list" | "path";
  /** Never printed; masked in logs. */
  readonly secret?: boolean;
  /** The command line falls back to this environment variable. */
  readonly environment?: string;
  /** A GitHub expression that action.yml gives as the default, such as ${{ github.token }}. */
  readonly expression?: string;
}

const note = (input: InputNote) => ({ input });

/** Text that must be given and not be blank. A default: `text().prefault("x")`. */
export const text = () =>
  z
    .string()
    .trim()
    .min(1)
    .meta(note({ kind: "text" }));

export const optionalText = () =>
  z
    .string()
    .trim()
    .meta(note({ kind: "text" }))
    .optional();

/** A path as text; which folder it is relative to, and whether it may leave it, is the file adapter's matter. */
export const path = () =>
  z
    .string()
    .trim()
    .min(1)
    .regex(/^\P{Cc}*$/u, { error: "expected a path without control characters" })
    .meta(note({ kind: "path" }));

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export const integer = (range: Range = {}) => numeric("whole number", /^[+-]?\d{1,15}$/, range);

/** A decimal number such as 0.5, -1 or 1e-3; always finite. */
export const decimal = (range: Range = {}) => numeric("number", /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, range);

function numeric(kind: "whole number" | "number", pattern: RegExp, range: Range) {
  const error = `expected a ${kind}${rangeText(range)}`;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  return z
    .string()
    .trim()
    .regex(pattern, { error })
    .transform(Number)
    .pipe(z.number({ error }).min(min, { error }).max(max, { error }))
    .meta(note({ kind }));
}

function rangeText({ min, max }: Range): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return `, ${min} or more`;
  return max === undefined ? "" : `, ${max} or less`;
}

/** `true` or `false`, spelled so. On the command line `--name` and `--no-name`. A default: `flag().prefault("false")`. */
export const flag = () =>
  z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" }).meta(note({ kind: "flag" }));

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).meta(note({ kind: "choice" }));

/** Items separated by commas or line breaks; blank items fall away. `list().prefault("")` may be left out. */
export const list = () =>
  z
    .string()
    .transform((items) =>
      items
        .split(/[,\r\n]+/)
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    )
    .meta(note({ kind: "list" }));

/** A token or password. `expression` is its default in action.yml, `environment` the variable that stands in on the command line. */
export const secret = (source: Pick<InputNote, "environment" | "expression"> = {}) =>
  z
    .string()
    .trim()
    .min(1)
    .meta(note({ kind: "text", secret: true, ...source }));

export const optionalSecret = (source: Pick<InputNote, "environment" | "expression"> = {}) => secret(source).optional();
