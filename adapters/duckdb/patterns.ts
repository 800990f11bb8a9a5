import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { Check } from "#core/data/check";
import { UserError } from "#core/errors";

const MAX_LENGTH = 1_000;

/** DuckDB runs patterns with RE2, in linear time; what RE2 cannot run is refused before a file is opened. */
export function refusePatterns(checks: readonly Check[]): void {
  for (const check of checks) if (check.kind === "pattern") refusePattern(check.pattern);
}

function refusePattern(pattern: string): void {
  if (pattern.length > MAX_LENGTH) throw refused(pattern, `it is longer than ${MAX_LENGTH} characters`);
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw refused(pattern, error.message.replace("error parsing regexp: ", ""), error);
  }
}

function refused(pattern: string, reason: string, cause?: unknown): UserError {
  const shown = pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern;
  const hint = "Write it in RE2's syntax: no look-around, no back-references, repeats up to 1,000.";
  return new UserError("CHECK_REFUSED", `The pattern "${shown}" cannot be run: ${reason}.`, hint, { cause });
}
