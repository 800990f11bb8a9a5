import type { z } from "zod";
import { closest } from "#core/suggest";
import { visibleLine } from "./visible.ts";

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** What zod should have said: a phrase that follows `Input "x": `. A message given in the schema itself wins over this one. */
export function issuePhrase(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? MISSING : `expected ${withArticle(issue.expected)}`;
    case "invalid_value":
      return choicePhrase(issue.values.map(String), issue.input);
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "expected some text"
        : `expected ${sizeText(issue.origin)} ${issue.inclusive ? "at least" : "over"} ${issue.minimum}`;
    case "too_big":
      return `expected ${sizeText(issue.origin)} ${issue.inclusive ? "at most" : "under"} ${issue.maximum}`;
    default:
      return undefined;
  }
}

const MISSING = "is required";
const LONGEST_QUOTE = 80;

/** One sentence about one input: its name, what was expected and what came instead. */
export function issueSentence(issue: z.core.$ZodIssue, secrets: ReadonlySet<string>): string {
  const name = visibleLine(issue.path.map(String).join("."));
  const message = issue.message.replace(/\.$/, "");
  if (message === MISSING) return `Input "${name}" is required.`;
  if (secrets.has(String(issue.path[0])) || issue.input === undefined) return `Input "${name}": ${message}.`;
  return `Input "${name}": ${beforeQuestion(message, `got ${quote(issue.input)}`)}`;
}

/** Puts what came instead after the expectation and before a suggestion. */
function beforeQuestion(message: string, got: string): string {
  const [, expectation = message, question] = /^(.*?)\. (Did you mean .*\?)$/s.exec(message) ?? [];
  return question === undefined ? `${expectation}, ${got}.` : `${expectation}, ${got}. ${question}`;
}

function choicePhrase(values: readonly string[], input: unknown): string {
  const nearest = typeof input === "string" ? closest(input, values) : undefined;
  const expected = values.length === 1 ? `expected ${values[0]}` : `expected ${alternatives(values)}`;
  return nearest === undefined ? expected : `${expected}. Did you mean "${nearest}"?`;
}

const alternatives = (values: readonly string[]): string => `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

const SIZES: Record<string, string> = { string: "a length of", array: "a count of", set: "a count of" };

const sizeText = (origin: string): string => SIZES[origin] ?? withArticle(origin);

function quote(value: unknown): string {
  const shown = visibleLine(JSON.stringify(value) ?? String(value));
  return shown.length > LONGEST_QUOTE ? `${shown.slice(0, LONGEST_QUOTE)}…` : shown;
}
