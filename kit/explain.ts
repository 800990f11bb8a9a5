import { UserError } from "#core/errors";
import { exitCodes } from "./exit-code.ts";
import { project } from "./project.ts";

/** An error in words for people. */
export interface Explained {
  readonly exitCode: typeof exitCodes.usersMistake | typeof exitCodes.ourBug;
  readonly code: string;
  /** One sentence or more each; may hold foreign text. */
  readonly problems: readonly string[];
  readonly hint: string;
  /** For debugging only. */
  readonly stack: readonly string[];
}

/** Several mistakes told at once. */
export class UserErrors extends UserError {
  readonly problems: readonly string[];

  constructor(code: string, problems: readonly string[], hint: string) {
    super(code, problems.join(" "), hint);
    this.problems = problems;
  }
}

/** The user's mistake with its way out, or our bug with the place to report it. */
export function explain(error: unknown): Explained {
  if (error instanceof UserError) {
    return {
      exitCode: exitCodes.usersMistake,
      code: error.code,
      problems: error instanceof UserErrors ? error.problems : [error.problem],
      hint: error.hint,
      stack: error.cause === undefined ? [] : stackOf(error.cause),
    };
  }
  return {
    exitCode: exitCodes.ourBug,
    code: "BUG",
    problems: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
    hint: `This is a bug in Tidemark; please report it at ${project.issues}.`,
    stack: stackOf(error),
  };
}

const DEEPEST_CAUSE = 8;

function stackOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const own = (error.stack ?? error.message).split("\n");
  if (error.cause === undefined || depth === DEEPEST_CAUSE) return own;
  const [first = "", ...rest] = stackOf(error.cause, depth + 1);
  return [...own, `Caused by: ${first}`, ...rest];
}
