import { type Document, isScalar, LineCounter, type Node, type Pair, parseDocument, visit, type YAMLError } from "yaml";
import { keyProblem, malformed, numberProblem, refuseLong } from "./malformed.ts";
import { refuseTokens } from "./token-guard.ts";

const MAX_BYTES = 256 * 1024;

/** The plain value of a YAML text: one document, keys are text, every number is exact and finite. */
export function parseYaml(text: string, source: string): unknown {
  refuseLong(text, MAX_BYTES, source);
  refuseTokens(text, source);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: true,
    stringKeys: false,
    prettyErrors: false,
    logLevel: "error",
    lineCounter: lines,
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined)
    throw malformed({ source, line: lines.linePos(problem.pos[0]).line }, reason(problem), problem);
  refuseValues(document, (offset, why) => malformed({ source, line: lines.linePos(offset).line }, why));
  return document.toJS({ maxAliasCount: 0 });
}

const PLAIN_REASONS: Partial<Record<YAMLError["code"], string>> = {
  DUPLICATE_KEY: "a key occurs twice",
  MULTIPLE_DOCS: "more than one document (---) in one file",
  TAB_AS_INDENT: "a tab is used to indent; use spaces",
};

function reason(problem: YAMLError): string {
  return PLAIN_REASONS[problem.code] ?? problem.message.replace(/\.$/, "");
}

function refuseValues(document: Document, refusal: (offset: number, why: string) => Error): void {
  visit(document, {
    Pair: (_, pair) => {
      const why = pairProblem(pair);
      if (why !== undefined) throw refusal(offsetOf(pair.key), why);
    },
    Scalar: (_, { value, source = "", range }) => {
      const why = typeof value === "number" ? numberProblem(source, value) : undefined;
      if (why !== undefined) throw refusal(range?.[0] ?? 0, why);
    },
  });
}

function pairProblem({ key }: Pair): string | undefined {
  if (!isScalar(key)) return "a key is a list or a mapping; keys are text";
  if (typeof key.value !== "string") return `the key ${String(key.source ?? key.value)} is not text; put it in quotes`;
  if (key.value === "<<") return "merge keys (<<) are not read; write the values where they are used";
  return keyProblem(key.value);
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
