import type { z } from "zod";
import { UserError } from "./errors.ts";
import { knownKeys } from "./known-keys.ts";
import type { Locator } from "./ports/documents.ts";
import { closest, didYouMean } from "./suggest.ts";

export interface DocumentSource {
  /** Names the text in the error, such as `.github/tidemark.yml` or `registry/x/production.yaml at 3f2a91c`. */
  readonly source: string;
  /** The error's code. */
  readonly code: string;
  readonly hint: string;
  /** Finds the lines of the text, to be told with each path. */
  readonly locate?: () => Locator;
}

const SHOWN_PROBLEMS = 5;

/**
 * Parses a foreign value at the border. Every problem is told with its path, what was expected and, for a mistyped
 * key or choice, what was probably meant.
 * @throws UserError with the source's code
 */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  from: DocumentSource,
): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(leaves);
  const problems = issues.slice(0, SHOWN_PROBLEMS).map((issue) => sentence(issue, schema, from));
  const more = issues.length > SHOWN_PROBLEMS ? ` And ${issues.length - SHOWN_PROBLEMS} more.` : "";
  throw new UserError(from.code, `${from.source}: ${problems.join(" ")}${more}`, from.hint);
}

/** Of a union's branches, the one that came nearest says what is wrong; of a key, what its grammar says. */
function leaves(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code === "invalid_key" && issue.issues.length > 0) {
    return issue.issues.map((inner) => ({ ...inner, path: issue.path }) as z.core.$ZodIssue);
  }
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const nearest = [...issue.errors].sort((a, b) => deepest(b) - deepest(a))[0] ?? [];
  return nearest.flatMap((inner) => leaves({ ...inner, path: [...issue.path, ...inner.path] }));
}

function deepest(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === "invalid_type" ? 0 : 1)));
}

function sentence(issue: z.core.$ZodIssue, schema: z.ZodType, { locate }: DocumentSource): string {
  const path = pathText(issue.path);
  const found = locate?.()(issue.path.map((part) => (typeof part === "number" ? part : String(part))));
  const where = path === "" ? "" : `${path}${found === undefined ? "" : ` (line ${found})`}: `;
  if (issue.code === "unrecognized_keys") return `${where}${unknownKeys(issue, schema)}`;
  if (issue.code === "invalid_value") return `${where}${choice(issue.values.map(String), issue.input)}`;
  if (issue.code === "invalid_type" && issue.input === undefined) return `${where}is required.`;
  return `${where}${issue.message.replace(/^Invalid input: /, "").replace(/\.$/, "")}.`;
}

function unknownKeys({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType): string {
  const meant = keys.length === 1 ? didYouMean(keys[0] ?? "", knownKeys(schema, path)) : "";
  return `unknown ${keys.map((key) => quote(key)).join(", ")}. ${meant}`.trim();
}

function choice(values: readonly string[], input: unknown): string {
  const nearest = typeof input === "string" ? closest(input, values) : undefined;
  const meant = nearest === undefined ? "" : ` Did you mean ${quote(nearest)}?`;
  return `expected ${values.map(quote).join(" or ")}, got ${quote(input)}.${meant}`;
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
