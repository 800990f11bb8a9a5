import { empty, malformedAt } from "./malformed.ts";
import type { TextScanner } from "./whole-file.ts";

const [LINE_FEED, SPACE] = [0x0a, 0x20];
const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** Counts the lines of a JSON Lines file that are not blank; each is a row. */
export class LineScanner implements TextScanner {
  line = 1;
  rows = 0;
  readonly lines = new Map<number, number>();
  readonly #source: string;
  readonly #wanted: ReadonlySet<number>;
  #length = 0;
  #isBlank = true;

  constructor(source: string, wanted: ReadonlySet<number> = new Set()) {
    this.#source = source;
    this.#wanted = wanted;
  }

  get oneLinePerRow(): boolean {
    return this.line - 1 <= this.rows;
  }

  push(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      const found = chunk.indexOf(LINE_FEED, start);
      const end = found === -1 ? chunk.length : found;
      this.#add(chunk, start, end);
      if (found !== -1) this.#endLine();
      start = end + 1;
    }
  }

  end(): void {
    if (this.#length > 0) this.#endLine();
    if (this.rows === 0) throw empty(this.#source, "is empty");
  }

  #add(chunk: Buffer, start: number, end: number): void {
    this.#length += end - start;
    if (this.#length > MAX_ROW_BYTES) throw malformedAt(this.#source, this.line, "the row is longer than 16 MiB");
    for (let at = start; this.#isBlank && at < end; at++) this.#isBlank = (chunk[at] ?? 0) <= SPACE;
  }

  #endLine(): void {
    if (!this.#isBlank) {
      this.rows += 1;
      if (this.#wanted.has(this.rows)) this.lines.set(this.rows, this.line);
    }
    this.line += 1;
    this.#length = 0;
    this.#isBlank = true;
  }
}
