import { UserError } from "../errors.ts";

const MAX_LENGTH = 1_000;
const SHOWN = 80;

/** @throws UserError CHECK_REFUSED */
export function refuseLongPattern(pattern: string): void {
  if (pattern.length > MAX_LENGTH) throw patternRefused(pattern, `it is longer than ${MAX_LENGTH} characters`);
}

/** @param cause what the parser of RE2's syntax threw, or why else the pattern cannot be run */
export function patternRefused(pattern: string, cause: string | Error): UserError {
  const reason = typeof cause === "string" ? cause : cause.message.replace("error parsing regexp: ", "");
  const shown = pattern.length > SHOWN ? `${pattern.slice(0, SHOWN)}…` : pattern;
  const hint = "Write it in RE2's syntax: no look-around, no back-references, repeats up to 1,000.";
  return new UserError("CHECK_REFUSED", `The pattern "${shown}" cannot be run: ${reason}.`, hint, { cause });
}
