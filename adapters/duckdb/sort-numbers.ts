// Digits of a double's 64 bits, from the lowest: of which half, and from which bit of it.
const DIGITS = [
  [0, 0],
  [0, 11],
  [0, 22],
  [1, 0],
  [1, 11],
  [1, 22],
] as const;
const BUCKETS = 2_048;
// Below it a typed array's own sort is faster than six passes.
const FEW = 50_000;

/**
 * Sorts finite doubles in ascending order by the digits of their bits (radix sort), in half the time or less of a typed
 * array's own sort, which compares. A digit that all values share costs no pass.
 * @param spare as long as `values` at least; what is in it is lost
 * @returns the sorted values, in either of the two arrays
 */
export function sortNumbers(values: Float64Array, spare: Float64Array): Float64Array {
  if (values.length < FEW || !IS_LITTLE_ENDIAN) return values.sort();
  let [from, to] = [values, spare.subarray(0, values.length)];
  for (const [at, starts] of bucketStarts(values).entries()) {
    const [half, shift] = DIGITS[at] ?? DIGITS[0];
    if (starts === undefined) continue;
    scatter({ from, to, half, shift }, starts);
    [from, to] = [to, from];
  }
  return negativesFirst(from, to);
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Where each bucket of each digit begins; undefined for a digit that all values share. */
function bucketStarts(values: Float64Array): readonly (Uint32Array | undefined)[] {
  const counts = new Uint32Array(DIGITS.length * BUCKETS);
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let at = 0; at < words.length; at += 2) {
    const [low, high] = [words[at] as number, words[at + 1] as number];
    (counts[low & 2047] as number)++;
    (counts[2048 + ((low >>> 11) & 2047)] as number)++;
    (counts[4096 + (low >>> 22)] as number)++;
    (counts[6144 + (high & 2047)] as number)++;
    (counts[8192 + ((high >>> 11) & 2047)] as number)++;
    (counts[10240 + (high >>> 22)] as number)++;
  }
  return DIGITS.map((_, digit) => startsOf(counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS), values.length));
}

function startsOf(counts: Uint32Array, rows: number): Uint32Array | undefined {
  if (counts.includes(rows)) return undefined;
  const starts = new Uint32Array(BUCKETS);
  for (let bucket = 1; bucket < BUCKETS; bucket++)
    starts[bucket] = (starts[bucket - 1] ?? 0) + (counts[bucket - 1] ?? 0);
  return starts;
}

interface Pass {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly half: 0 | 1;
  readonly shift: number;
}

function scatter({ from, to, half, shift }: Pass, starts: Uint32Array): void {
  const words = new Uint32Array(from.buffer, from.byteOffset, 2 * from.length);
  for (let at = 0; at < from.length; at++) {
    const bucket = ((words[2 * at + half] as number) >>> shift) & 2047;
    const place = starts[bucket] as number;
    starts[bucket] = place + 1;
    to[place] = from[at] as number;
  }
}

/** By their bits negative values come after the others, smallest magnitude first. */
function negativesFirst(sorted: Float64Array, spare: Float64Array): Float64Array {
  const last = sorted.at(-1) ?? 0;
  if (last >= 0) return sorted;
  let first = sorted.length;
  while (first > 0 && (sorted[first - 1] as number) < 0) first--;
  const negatives = sorted.length - first;
  for (let at = 0; at < negatives; at++) spare[at] = sorted[sorted.length - 1 - at] as number;
  spare.set(sorted.subarray(0, first), negatives);
  return spare;
}
