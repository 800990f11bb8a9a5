import { isUtf8 } from "node:buffer";

/** Whether chunk after chunk is UTF-8; a character may hang over from one to the next. */
export class Utf8Check {
  #rest: Buffer = Buffer.alloc(0);

  holds(chunk: Buffer): boolean {
    const whole = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const cut = whole.length - hangingBytes(whole);
    this.#rest = Buffer.from(whole.subarray(cut));
    return isUtf8(whole.subarray(0, cut));
  }

  /** False when the text stops inside a character. */
  ends(): boolean {
    return this.#rest.length === 0;
  }
}

const LONGEST = 4;

/** Bytes at the end that begin a character and do not finish it. */
function hangingBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(LONGEST - 1, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < lengthFrom(byte) ? back : 0;
  }
  return 0;
}

function lengthFrom(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
