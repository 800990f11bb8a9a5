import type { Digest } from "../../digest.ts";

/** The newest message of a key so far. */
export interface Claim {
  /** Never falls within a partition. */
  readonly time: number;
  readonly partition: number;
  /** The row's number within its partition, from 0; -1 for a tombstone, which has no row. */
  readonly line: number;
}

export interface KeyTable {
  /** Enters the claim for a key. @returns whichever of the two is now outdated; undefined when the key is new */
  claim(key: Digest, claim: Claim): Claim | undefined;
  readonly size: number;
}

const WORDS = 4;
const FULLEST = 0.7;

interface Slots {
  readonly capacity: number;
  readonly keys: Uint32Array;
  readonly times: Float64Array;
  /** 0 where the slot is free, else the partition + 1. */
  readonly partitions: Uint32Array;
  readonly lines: Int32Array;
}

/**
 * Who holds each key, in flat arrays: 32 bytes for a slot, at least a third of them in use. Keys are told
 * apart by the first 128 bits of their SHA-256: among ten million, two meet with a chance below 1e-24.
 */
export function keyTable(startCapacity = 1_024): KeyTable {
  let slots = freeSlots(startCapacity);
  let size = 0;
  return {
    get size() {
      return size;
    },
    claim: (key, claim) => {
      const words = wordsOf(key);
      const slot = find(slots, words);
      if (slots.partitions[slot] !== 0) return contest(slots, slot, claim);
      put(slots, slot, { words, claim });
      size += 1;
      if (size > slots.capacity * FULLEST) slots = grown(slots);
      return undefined;
    },
  };
}

/** The later message stays. Times decide between partitions; within one, messages come in order. */
function contest(slots: Slots, slot: number, claim: Claim): Claim {
  const holder = claimAt(slots, slot);
  if (!isLater(claim, holder)) return claim;
  put(slots, slot, { claim });
  return holder;
}

function isLater(claim: Claim, holder: Claim): boolean {
  if (claim.partition === holder.partition) return true;
  return claim.time === holder.time ? claim.partition > holder.partition : claim.time > holder.time;
}

type Words = readonly [number, number, number, number];

function wordsOf(key: Digest): Words {
  const word = (at: number) => Number.parseInt(key.slice(7 + at * 8, 15 + at * 8), 16);
  return [word(0), word(1), word(2), word(3)];
}

function freeSlots(capacity: number): Slots {
  return {
    capacity,
    keys: new Uint32Array(capacity * WORDS),
    times: new Float64Array(capacity),
    partitions: new Uint32Array(capacity),
    lines: new Int32Array(capacity),
  };
}

/** The slot of this key, or the free one where it belongs. */
function find(slots: Slots, words: Words): number {
  let slot = words[0] % slots.capacity;
  while (slots.partitions[slot] !== 0 && !words.every((word, at) => slots.keys[slot * WORDS + at] === word)) {
    slot = slot + 1 === slots.capacity ? 0 : slot + 1;
  }
  return slot;
}

function put(slots: Slots, slot: number, { words, claim }: { readonly words?: Words; readonly claim: Claim }): void {
  if (words !== undefined) slots.keys.set(words, slot * WORDS);
  slots.times[slot] = claim.time;
  slots.partitions[slot] = claim.partition + 1;
  slots.lines[slot] = claim.line;
}

function claimAt(slots: Slots, slot: number): Claim {
  return {
    time: slots.times[slot] ?? 0,
    partition: (slots.partitions[slot] ?? 1) - 1,
    line: slots.lines[slot] ?? -1,
  };
}

function grown(old: Slots): Slots {
  const slots = freeSlots(old.capacity * 2);
  for (let slot = 0; slot < old.capacity; slot += 1) {
    if (old.partitions[slot] === 0) continue;
    const word = (at: number) => old.keys[slot * WORDS + at] ?? 0;
    const words: Words = [word(0), word(1), word(2), word(3)];
    put(slots, find(slots, words), { words, claim: claimAt(old, slot) });
  }
  return slots;
}
