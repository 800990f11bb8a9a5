import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { Check } from "#core/data/check";
import { patternRefused, refuseLongPattern } from "#core/data/pattern-refused";

/** DuckDB runs patterns with RE2, in linear time; what RE2 cannot run is refused before a file is opened. */
export function refusePatterns(checks: readonly Check[]): void {
  for (const check of checks) if (check.kind === "pattern") refusePattern(check.pattern);
}

function refusePattern(pattern: string): void {
  refuseLongPattern(pattern);
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    throw error instanceof RE2JSSyntaxException ? patternRefused(pattern, error) : error;
  }
}
