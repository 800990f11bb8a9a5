/** Something the user can mend: what is wrong, where, and the way out. Exit code 2. */
export class UserError extends Error {
  readonly code: string;
  readonly problem: string;
  readonly hint: string;

  // biome-ignore lint/complexity/useMaxParams: an error reads best as code, problem, hint; the cause is the platform's own option.
  constructor(code: string, problem: string, hint: string, options?: { cause?: unknown }) {
    super(`${problem} ${hint}`, options);
    this.name = "UserError";
    this.code = code;
    this.problem = problem;
    this.hint = hint;
  }
}
