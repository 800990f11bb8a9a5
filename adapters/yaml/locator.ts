import { isNode, LineCounter, parseDocument } from "yaml";
import { UserError } from "#core/errors";
import type { Locator } from "#core/ports/documents";
import { refuseTokens } from "./token-guard.ts";

/** Reads the text again, for its lines only; a JSON text is YAML too. */
export function locatorOf(text: string): Locator {
  if (!isBounded(text)) return () => undefined;
  const lines = new LineCounter();
  const document = parseDocument(text, { logLevel: "silent", lineCounter: lines });
  return (path) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const found: unknown = document.getIn(path.slice(0, depth), true);
      const start = isNode(found) ? found.range?.[0] : undefined;
      if (start !== undefined) return lines.linePos(start).line;
    }
    return undefined;
  };
}

// Nothing may recurse into a text that nests too deep, not even to say where it does.
function isBounded(text: string): boolean {
  try {
    refuseTokens(text, "");
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
