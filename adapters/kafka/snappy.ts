import { corrupt, type Output, output } from "./unpacked.ts";

// https://github.com/google/snappy/blob/main/format_description.txt; the Java client wraps such blocks in a frame of its
// own: 16 bytes that begin with this, then blocks with their length before them.
const FRAME = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const FRAME_HEADER = 16;

export function unpackSnappy(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, FRAME.length).equals(FRAME)) return unpackBlock(bytes);
  const blocks: Buffer[] = [];
  for (let at = FRAME_HEADER; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : bytes.length;
    if (at + 4 + length > bytes.length) throw corrupt("a snappy batch ends too early");
    blocks.push(unpackBlock(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

function unpackBlock(block: Buffer): Buffer {
  const { value: expected, next } = varint(block);
  const made = output(expected);
  for (let at = next; at < block.length; ) at = unpackElement(block, at, made);
  const result = made.result();
  if (result.length !== expected) throw corrupt("a snappy batch has the wrong length");
  return result;
}

function varint(block: Buffer): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = 0; at < 5 && at < block.length; at += 1) {
    const byte = block[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw corrupt("a snappy batch has no length");
}

/** @returns where the next element begins */
function unpackElement(block: Buffer, at: number, made: Output): number {
  const tag = block[at] ?? 0;
  const little = (from: number, count: number) => {
    if (from + count > block.length) throw corrupt("a snappy batch ends too early");
    return count === 0 ? 0 : block.readUIntLE(from, count);
  };
  if ((tag & 3) === 0) {
    const extra = Math.max((tag >> 2) - 59, 0);
    const length = (extra === 0 ? tag >> 2 : little(at + 1, extra)) + 1;
    const start = at + 1 + extra;
    if (start + length > block.length) throw corrupt("a snappy batch ends too early");
    made.literal(block.subarray(start, start + length));
    return start + length;
  }
  if ((tag & 3) === 1) {
    made.repeat(((tag >> 5) << 8) | little(at + 1, 1), ((tag >> 2) & 7) + 4);
    return at + 2;
  }
  const size = (tag & 3) === 2 ? 2 : 4;
  made.repeat(little(at + 1, size), (tag >> 2) + 1);
  return at + 1 + size;
}
