import { keyProblem, MAX_DEPTH, malformed, numberProblem, refuseLong } from "./malformed.ts";

/** The size of the largest report an artifact may carry. */
const MAX_BYTES = 1024 * 1024;

const BYTE_ORDER_MARK = "\uFEFF";
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]:,]|\n|[^\S\n]+|[^\s{}[\]:,"]+|"/g;

/**
 * The value of a JSON text, read more strictly than JSON.parse does: the last of two equal keys does not win silently,
 * and no number becomes Infinity or loses digits.
 */
export function parseJson(text: string, source: string, maxBytes: number = MAX_BYTES): unknown {
  refuseLong(text, maxBytes, source);
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw malformed({ source, line: 1 }, "the text starts with a byte order mark; save it as UTF-8 without one");
  }
  refuseTraps(text, source);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed({ source }, `not valid JSON: ${error instanceof Error ? error.message : "syntax error"}`, error);
  }
}

interface Scan {
  line: number;
  /** The keys seen in each open object; undefined stands for an open list. */
  readonly open: (Set<string> | undefined)[];
  previous: string;
}

/** Looks at the tokens alone, without recursion; whether they form valid JSON is decided afterwards. */
function refuseTraps(text: string, source: string): void {
  const scan: Scan = { line: 1, open: [], previous: "" };
  for (const [token] of text.matchAll(TOKEN)) {
    const problem = trap(token, scan);
    if (problem !== undefined) throw malformed({ source, line: scan.line }, problem);
    if (token === "\n") scan.line += 1;
    if (token.trim() !== "") scan.previous = token;
  }
}

function trap(token: string, scan: Scan): string | undefined {
  switch (token) {
    case "{":
    case "[":
      scan.open.push(token === "{" ? new Set() : undefined);
      return scan.open.length > MAX_DEPTH ? `nested deeper than ${MAX_DEPTH} levels` : undefined;
    case "}":
    case "]":
      scan.open.pop();
      return undefined;
    case ":":
      return repeatedKey(scan);
    default:
      return literalProblem(token);
  }
}

function repeatedKey({ open, previous }: Scan): string | undefined {
  const keys = open.at(-1);
  const key = textOf(previous);
  if (keys === undefined || key === undefined) return undefined;
  if (keys.has(key)) return `the key ${previous.slice(0, 80)} occurs twice`;
  keys.add(key);
  return keyProblem(key);
}

function textOf(token: string): string | undefined {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function literalProblem(token: string): string | undefined {
  if (token === "NaN" || token === "Infinity" || token === "-Infinity") return `${token} is not JSON`;
  return /^-?\d/.test(token) ? numberProblem(token, Number(token)) : undefined;
}
