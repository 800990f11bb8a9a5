import { MOST_CLASSES } from "#core/data/leakage/label-told";

const NONE = 255;

/** The label's class of each row, in the file's order. */
export class LabelCodes {
  readonly #codes: Uint8Array;
  readonly #places = new Map<string, number>();
  #rows = 0;
  #tooMany = false;

  constructor(rows: number) {
    this.#codes = new Uint8Array(rows);
  }

  /** @returns the class, undefined where the row has none or there are too many */
  add(text: string): number | undefined {
    const code = this.#codeOf(text);
    this.#codes[this.#rows++] = code ?? NONE;
    return code;
  }

  of(row: number): number | undefined {
    const code = this.#codes[row] ?? NONE;
    return code === NONE ? undefined : code;
  }

  /** Whether there are few enough classes to be told by anything. */
  get areFew(): boolean {
    return !this.#tooMany;
  }

  #codeOf(text: string): number | undefined {
    const known = this.#places.get(text);
    if (known !== undefined || text === "") return known;
    if (this.#places.size === MOST_CLASSES) {
      this.#tooMany = true;
      return undefined;
    }
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }
}

/** Rows per class. */
export class ClassCounts {
  #rows: number[] | undefined;

  add(code: number | undefined): void {
    if (code === undefined) return;
    this.#rows ??= new Array<number>(MOST_CLASSES).fill(0);
    this.#rows[code] = (this.#rows[code] ?? 0) + 1;
  }

  byClass(): ReadonlyMap<string, number> {
    return new Map(this.#rows?.flatMap((rows, code) => (rows > 0 ? [[String(code), rows] as const] : [])) ?? []);
  }
}
