import { RE2JS, RE2JSSyntaxException } from "re2js";
import { patternRefused, refuseLongPattern } from "#core/data/pattern-refused";

/**
 * Whether a pattern occurs in a text (anchor it with ^ and $ to bind the whole). RE2 runs in linear time, so a pattern
 * such as ^(a+)+$ cannot stall the gate; what it cannot run, look-around and back-references, is refused here.
 */
export function patternTest(pattern: string): (text: string) => boolean {
  refuseLongPattern(pattern);
  const compiled = compile(pattern);
  return (text) => compiled.test(text);
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw error instanceof RE2JSSyntaxException ? patternRefused(pattern, error) : error;
  }
}
