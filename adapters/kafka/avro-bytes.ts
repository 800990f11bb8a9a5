/** Reads Avro's binary form from one message. Never reads past the end: throws RangeError instead. */
export interface AvroBytes {
  boolean(): boolean;
  /** int and long; bigint where a number would not be exact. */
  integer(): number | bigint;
  /** An integer that counts or chooses, so it must be small. */
  index(): number;
  float(): number;
  double(): number;
  /** The next bytes, with their length before them unless it is given. */
  bytes(length?: number): Uint8Array;
  text(): string;
  /** Counts a list's or map's items; items may take no bytes at all, so their number needs a bound of its own. */
  spend(items: number): void;
  readonly isAtEnd: boolean;
}

const MAX_ITEMS = 1_000_000;
const MAX_VARINT_BYTES = 10;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function avroBytes(content: Uint8Array): AvroBytes {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let at = 0;
  let items = 0;
  const advance = (length: number): number => {
    if (length < 0 || length > content.length - at) throw new RangeError("the bytes end too early");
    at += length;
    return at - length;
  };
  const integer = (): number | bigint => {
    const short = content[at];
    // Most numbers take one byte.
    if (short !== undefined && short < 0x80) return zigzag(content[advance(1)] ?? 0);
    const raw = varint(() => view.getUint8(advance(1)));
    const value = (raw >> 1n) ^ -(raw & 1n);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  };
  const index = (): number => {
    const value = integer();
    if (typeof value === "bigint") throw new RangeError("a length is too large");
    return value;
  };
  const bytes = (length = index()): Uint8Array => {
    const start = advance(length);
    return content.subarray(start, start + length);
  };
  return {
    integer,
    index,
    bytes,
    boolean: () => {
      const byte = view.getUint8(advance(1));
      if (byte > 1) throw new RangeError("a boolean is neither 0 nor 1");
      return byte === 1;
    },
    float: () => view.getFloat32(advance(4), true),
    double: () => view.getFloat64(advance(8), true),
    text: () => utf8.decode(bytes()),
    spend: (count) => {
      items += count;
      if (count < 0 || items > MAX_ITEMS) throw new RangeError("a list has too many items");
    },
    get isAtEnd() {
      return at === content.length;
    },
  };
}

function varint(nextByte: () => number): bigint {
  let value = 0n;
  for (let place = 0; place < MAX_VARINT_BYTES; place += 1) {
    const byte = nextByte();
    value |= BigInt(byte & 0x7f) << BigInt(7 * place);
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new RangeError("a number is longer than 64 bits");
}

function zigzag(raw: number): number {
  return (raw >>> 1) ^ -(raw & 1);
}
