import { corrupt, type Output, output } from "./unpacked.ts";

// https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md. The checksums are left alone: the
// broker's own over the whole batch covers them.
const MAGIC = 0x184d2204;
const BLOCK_CHECKSUMS = 0x10;
const CONTENT_SIZE = 0x08;
const STORED_AS_IT_IS = 0x80000000;
const SHORTEST_MATCH = 4;

export function unpackLz4(bytes: Buffer): Buffer {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== MAGIC) throw corrupt("an lz4 batch does not begin as one");
  const flags = bytes[4] ?? 0;
  const made = output(bytes.length * 3);
  const afterBlock = (flags & BLOCK_CHECKSUMS) === 0 ? 0 : 4;
  let at = (flags & CONTENT_SIZE) === 0 ? 7 : 15;
  for (let size = takeBlock(bytes, at, made); size > 0; size = takeBlock(bytes, at, made)) at += 4 + size + afterBlock;
  return made.result();
}

/** @returns the block's size; 0 at the end */
function takeBlock(bytes: Buffer, at: number, made: Output): number {
  if (at + 4 > bytes.length) throw corrupt("an lz4 batch ends too early");
  const head = bytes.readUInt32LE(at);
  const size = head % STORED_AS_IT_IS;
  const block = bytes.subarray(at + 4, at + 4 + size);
  if (block.length !== size) throw corrupt("an lz4 batch ends too early");
  if (head >= STORED_AS_IT_IS) made.literal(block);
  else unpackBlock(block, made);
  return size;
}

function unpackBlock(block: Buffer, made: Output): void {
  let at = 0;
  const next = (): number => {
    const byte = block[at];
    if (byte === undefined) throw corrupt("an lz4 batch ends too early");
    at += 1;
    return byte;
  };
  const length = (start: number): number => {
    let total = start;
    if (start < 15) return total;
    for (let more = 255; more === 255; total += more) more = next();
    return total;
  };
  while (at < block.length) {
    const token = next();
    const literals = length(token >> 4);
    if (at + literals > block.length) throw corrupt("an lz4 batch ends too early");
    made.literal(block.subarray(at, at + literals));
    at += literals;
    // The last sequence is literals alone.
    if (at === block.length) return;
    const distance = next() | (next() << 8);
    made.repeat(distance, length(token & 15) + SHORTEST_MATCH);
  }
}
