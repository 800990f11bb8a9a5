import { RE2JS, RE2JSSyntaxException } from "re2js";
import { UserError } from "#core/errors";

const MAX_LENGTH = 1_000;

/**
 * Whether a pattern occurs in a text (anchor it with ^ and $ to bind the whole). RE2 runs in linear time, so a pattern
 * such as ^(a+)+$ cannot stall the gate; what it cannot run, look-around and back-references, is refused here.
 */
export function patternTest(pattern: string): (text: string) => boolean {
  if (pattern.length > MAX_LENGTH) throw refused(pattern, `it is longer than ${MAX_LENGTH} characters`);
  const compiled = compile(pattern);
  return (text) => compiled.test(text);
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw refused(pattern, error.message.replace("error parsing regexp: ", ""), error);
  }
}

function refused(pattern: string, reason: string, cause?: unknown): UserError {
  const shown = pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern;
  return new UserError(
    "CHECK_REFUSED",
    `The pattern "${shown}" cannot be run: ${reason}.`,
    "Write it in RE2's syntax: no look-around, no back-references, repeats up to 1,000.",
    { cause },
  );
}
