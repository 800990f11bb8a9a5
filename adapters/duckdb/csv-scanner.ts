import { CsvEvent, CsvState, KINDS, REASONS, splitRow, TRANSITIONS } from "./csv-grammar.ts";
import { empty, malformedAt } from "./malformed.ts";
import type { TextScanner } from "./whole-file.ts";

export const MAX_VALUE_BYTES = 1024 * 1024;
const MAX_ROW_BYTES = 16 * MAX_VALUE_BYTES;
/** No byte above it ends a bare value; nearly all are, so they are passed over without the table. */
const COMMA = 0x2c;
const [QUOTE, LINE_FEED] = [0x22, 0x0a];
// As constants of this file: the loops below run once for every byte.
const { START, BARE, QUOTED } = CsvState;
const { VALUE } = CsvEvent;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Checks every byte of a CSV file against the grammar and counts rows and lines. DuckDB reads the values; what makes a
 * file well-formed is decided here, since its reader skips blank lines and lets a quote stand inside a bare value.
 */
export class CsvScanner implements TextScanner {
  /** Where the reading is; the header is line 1. */
  line = 1;
  header: readonly string[] | undefined;
  readonly lines = new Map<number, number>();
  longestRow = 0;
  readonly #source: string;
  readonly #wanted: ReadonlySet<number>;
  #ends = { lf: 0, crlf: 0 };
  #state: number = CsvState.START;
  #position = 0;
  #valueStart = 0;
  #rowStart = 0;
  #rowLine = 1;
  #values = 1;
  #headerParts: Buffer[] = [];

  /** @param wanted numbers of rows whose lines are looked for; the first row after the header is 1 */
  constructor(source: string, wanted: ReadonlySet<number> = new Set()) {
    this.#source = source;
    this.#wanted = wanted;
  }

  /** Without the header. */
  get rows(): number {
    return Math.max(0, this.#ends.lf + this.#ends.crlf - 1);
  }

  /** Whether row n stands in line n + 1, for every n. */
  get oneLinePerRow(): boolean {
    return this.line - 1 <= this.rows + 1;
  }

  get mixedLineEnds(): boolean {
    return this.#ends.lf > 0 && this.#ends.crlf > 0;
  }

  push(chunk: Buffer): void {
    const bytes = this.#position === 0 ? withoutMark(chunk) : chunk;
    const base = this.#position;
    if (this.header === undefined) this.#headerParts.push(bytes);
    this.#state = this.#scan(bytes, base);
    this.#position = base + bytes.length;
    this.#refuseOverlong(this.#position);
  }

  /** @returns the state after the last byte */
  #scan(bytes: Buffer, base: number): number {
    let state = this.#state;
    for (let at = 0; at < bytes.length; at++) {
      const start = at;
      at = dullEnd(bytes, at, state);
      if (at > start && state === START) state = BARE;
      if (at === bytes.length) break;
      const next = TRANSITIONS[(state << 3) | (KINDS[bytes[at] as number] as number)] as number;
      if (next < VALUE) state = next;
      else state = next === VALUE ? this.#endValue(base + at) : this.#handle(next, base + at);
    }
    return state;
  }

  #endValue(at: number): number {
    if (at - this.#valueStart > MAX_VALUE_BYTES) this.#refuseOverlong(at);
    this.#values += 1;
    this.#valueStart = at + 1;
    return START;
  }

  end(): void {
    if (this.#state === CsvState.QUOTED) throw this.#malformed("a quote is opened and never closed");
    if (this.#state === CsvState.RETURNED) throw this.#malformed(REASONS[CsvEvent.LONE_RETURN] ?? "");
    if (this.#position > this.#rowStart) this.#endRow(this.#ends.crlf > 0 ? "crlf" : "lf", this.#position);
    if (this.header === undefined) throw empty(this.#source, "is empty");
    if (this.rows === 0) throw empty(this.#source, "has a header and no row");
  }

  #handle(event: number, at: number): number {
    switch (event) {
      case CsvEvent.ROW:
      case CsvEvent.ROW_CRLF:
        this.#endRow(event === CsvEvent.ROW ? "lf" : "crlf", at);
        return CsvState.START;
      case CsvEvent.LINE_INSIDE:
        this.line += 1;
        return CsvState.QUOTED;
      default:
        throw this.#malformed(REASONS[event] ?? "");
    }
  }

  #endRow(kind: "lf" | "crlf", at: number): void {
    this.#refuseOverlong(at);
    this.#ends[kind] += 1;
    if (this.header === undefined) this.#readHeader(at);
    else if (this.#values !== this.header.length) throw this.#ragged(this.header.length);
    if (this.#wanted.has(this.rows)) this.lines.set(this.rows, this.#rowLine);
    if (at - this.#rowStart > this.longestRow) this.longestRow = at - this.#rowStart;
    this.line += 1;
    this.#rowLine = this.line;
    this.#rowStart = at + 1;
    this.#valueStart = at + 1;
    this.#values = 1;
  }

  #readHeader(end: number): void {
    const text = Buffer.concat(this.#headerParts).toString("utf8", 0, end);
    this.#headerParts = [];
    this.header = splitRow(text.endsWith("\r") ? text.slice(0, -1) : text);
    const seen = new Set<string>();
    for (const [index, name] of this.header.entries()) {
      if (name.trim() === "") throw malformedAt(this.#source, 1, `column ${index + 1} has no name`);
      if (seen.has(name))
        throw malformedAt(this.#source, 1, `two columns are named ${JSON.stringify(name.slice(0, 80))}`);
      seen.add(name);
    }
  }

  #refuseOverlong(at: number): void {
    if (at - this.#valueStart > MAX_VALUE_BYTES + 2) throw this.#malformed("a value is longer than 1 MiB");
    if (at - this.#rowStart > MAX_ROW_BYTES) throw this.#malformed("the row is too long; is a quote left open?");
  }

  #ragged(expected: number): Error {
    return this.#malformed(`the row has ${this.#values} values and the header has ${expected}`);
  }

  #malformed(reason: string): Error {
    return malformedAt(this.#source, this.#rowLine, reason);
  }
}

/** Past the bytes that change nothing in this state: those that cannot end a bare value, those inside quotes. */
function dullEnd(bytes: Buffer, start: number, state: number): number {
  let at = start;
  if (state <= BARE) while (at < bytes.length && (bytes[at] as number) > COMMA) at++;
  else if (state === QUOTED) while (at < bytes.length && bytes[at] !== QUOTE && bytes[at] !== LINE_FEED) at++;
  return at;
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
}
