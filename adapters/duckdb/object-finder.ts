import { malformedAt } from "./malformed.ts";
import type { TextScanner } from "./whole-file.ts";

const LINE_FEED = 0x0a;

/** Finds the first line that is no JSON object. Read only when DuckDB refused a file: the line it tells is often the next one. */
export class ObjectFinder implements TextScanner {
  line = 1;
  readonly #source: string;
  #parts: Buffer[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  push(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; ) {
      const found = chunk.indexOf(LINE_FEED, start);
      const end = found === -1 ? chunk.length : found;
      this.#parts.push(chunk.subarray(start, end));
      if (found !== -1) this.#endLine();
      start = end + 1;
    }
  }

  end(): void {
    this.#endLine();
  }

  #endLine(): void {
    const text = Buffer.concat(this.#parts).toString("utf8").trim();
    if (text !== "" && !isObject(text)) throw malformedAt(this.#source, this.line, "the line is no JSON object");
    this.#parts = [];
    this.line += 1;
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
