import { UserError } from "../../errors.ts";

/** Walks over a pattern by characters. */
export class PatternReader {
  readonly #pattern: string;
  readonly #characters: readonly string[];
  readonly #names = new Set<string>();
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#characters = Array.from(pattern);
  }

  get ended(): boolean {
    return this.#at >= this.#characters.length;
  }

  sees(text: string): boolean {
    return this.#characters.slice(this.#at, this.#at + text.length).join("") === text;
  }

  /** Steps over the text if it comes next. */
  skips(text: string): boolean {
    const seen = this.sees(text);
    if (seen) this.#at += text.length;
    return seen;
  }

  next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw this.refused("it ends too early");
    this.#at += 1;
    return character;
  }

  /** What the expression matches from here on. */
  match(expression: RegExp): RegExpExecArray | null {
    const found = expression.exec(this.#characters.slice(this.#at).join(""));
    return found?.index === 0 ? found : null;
  }

  /** Steps over what the expression matches here. @param expression that matches ASCII alone */
  takes(expression: RegExp): RegExpExecArray | null {
    const found = this.match(expression);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  /** Steps over a group's name, which may stand once. */
  takesName(expression: RegExp): void {
    const name = this.takes(expression)?.[1];
    if (name === undefined) return;
    if (this.#names.has(name)) throw this.refused(`two groups are named "${name}"`);
    this.#names.add(name);
  }

  refused(reason: string): UserError {
    const shown = this.#pattern.length > 80 ? `${this.#pattern.slice(0, 80)}…` : this.#pattern;
    return new UserError(
      "CHECK_REFUSED",
      `The pattern "${shown}" cannot be run on Spark with the same meaning: ${reason}.`,
      "Write it with plain characters, classes such as [A-Z] and repeats, or list the allowed values.",
    );
  }
}
