import { CST, Lexer, Parser } from "yaml";
import { MAX_DEPTH, malformed } from "./malformed.ts";

const REFUSED: Readonly<Record<string, string>> = {
  anchor: "anchors (&name) are not read; write the value where it is used",
  alias: "aliases (*name) are not read; write the value where it is used",
  tag: "tags (!name) are not read",
  directive: "directives (%name) are not read",
};

/**
 * Drives the parser's own lexer and token stack one lexeme at a time, so that nesting is known before anything recurses:
 * 20 KB of "[" can end the whole process inside the composer, where nothing can catch it.
 */
export function refuseTokens(text: string, source: string): void {
  const parser = new Parser();
  let line = 1;
  let atLineStart = true;
  for (const lexeme of new Lexer().lex(text)) {
    const reason = REFUSED[kindOf(lexeme)];
    if (reason !== undefined) throw malformed({ source, line }, reason);
    if (atLineStart && isTabbed(lexeme) && !isInFlow(parser)) {
      throw malformed({ source, line }, "a tab is used to indent; use spaces");
    }
    atLineStart = lexeme === "\n" || lexeme === "\r\n";
    for (const _ of parser.next(lexeme)) {
      // Finished documents are of no interest here.
    }
    if (parser.stack.length > 2 * MAX_DEPTH) {
      throw malformed({ source, line }, `nested deeper than ${MAX_DEPTH} levels`);
    }
    line += newLines(lexeme);
  }
}

// The parser itself reads a tabbed "- item" silently as text.
const isTabbed = (lexeme: string): boolean => /^[ \t]*\t[ \t]*$/.test(lexeme);
const isInFlow = (parser: Parser): boolean => parser.stack.some((token) => token.type === "flow-collection");

function kindOf(lexeme: string): string {
  if (lexeme.startsWith("%")) return "directive";
  return CST.tokenType(lexeme) ?? "";
}

function newLines(lexeme: string): number {
  let count = 0;
  for (let at = lexeme.indexOf("\n"); at !== -1; at = lexeme.indexOf("\n", at + 1)) count += 1;
  return count;
}
