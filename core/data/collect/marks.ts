export interface Marks {
  /** @returns whether the mark is new */
  set(index: number): boolean;
  has(index: number): boolean;
}

/** A growing set of small whole numbers, one bit each. */
export function marks(): Marks {
  let bits = new Uint8Array(128);
  const has = (index: number) => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
  return {
    has,
    set: (index) => {
      if (has(index)) return false;
      if (index >> 3 >= bits.length) bits = grown(bits, (index >> 3) + 1);
      bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
      return true;
    },
  };
}

function grown(bits: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(bits.length * 2, least));
  larger.set(bits);
  return larger;
}
