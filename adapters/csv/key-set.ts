import { hash } from "node:crypto";
import { lacking } from "./lacks.ts";

const WORDS = 4;
const FULLEST = 0.6;
const START_CAPACITY = 256;
const MOST_KEYS = 20_000_000;

/** How many keys all sets of one reading may hold: at 27 to 53 bytes each, at most a gigabyte. */
export class KeyBudget {
  #left: number;
  readonly #most: number;

  constructor(most = MOST_KEYS) {
    this.#most = most;
    this.#left = most;
  }

  take(): void {
    if (this.#left === 0) {
      const most = this.#most.toLocaleString("en-US");
      throw lacking(`The CSV engine compares at most ${most} different values and keys; DuckDB has no such limit.`);
    }
    this.#left -= 1;
  }
}

/**
 * Which texts were there before, in one flat array. They are told apart by the first 128 bits of their SHA-256: among
 * twenty million, two meet with a chance below 1e-23.
 */
export class KeySet {
  size = 0;
  readonly #budget: KeyBudget;
  #capacity = START_CAPACITY;
  #slots = new Uint32Array(START_CAPACITY * WORDS);
  readonly #key = new Uint32Array(WORDS);

  constructor(budget: KeyBudget) {
    this.#budget = budget;
  }

  has(text: string): boolean {
    this.#hash(text);
    return this.#isTaken(this.#find(this.#slots, this.#key));
  }

  /** False when the text was there before. */
  add(text: string): boolean {
    this.#hash(text);
    const slot = this.#find(this.#slots, this.#key);
    if (this.#isTaken(slot)) return false;
    this.#budget.take();
    this.#slots.set(this.#key, slot);
    this.size += 1;
    if (this.size > this.#capacity * FULLEST) this.#grow();
    return true;
  }

  #hash(text: string): void {
    // As a text of one character per byte: a buffer for each would take three times as long.
    const digest = hash("sha256", text, "binary");
    for (let word = 0; word < WORDS; word++) this.#key[word] = wordAt(digest, word * 4);
    // A free slot begins with zero.
    this.#key[0] = (this.#key[0] ?? 0) | 1;
  }

  #isTaken(slot: number): boolean {
    return this.#slots[slot] !== 0;
  }

  /** Where this key is, or the free place where it belongs. */
  #find(slots: Uint32Array, key: Uint32Array): number {
    const mask = slots.length - 1;
    let slot = ((key[1] ?? 0) * WORDS) & mask;
    while (slots[slot] !== 0 && !isAt(slots, slot, key)) slot = (slot + WORDS) & mask;
    return slot;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    for (let slot = 0; slot < this.#slots.length; slot += WORDS) {
      if (!this.#isTaken(slot)) continue;
      const key = this.#slots.subarray(slot, slot + WORDS);
      slots.set(key, this.#find(slots, key));
    }
    this.#slots = slots;
    this.#capacity *= 2;
  }
}

function wordAt(bytes: string, at: number): number {
  const high = (bytes.charCodeAt(at + 3) << 24) | (bytes.charCodeAt(at + 2) << 16);
  return (high | (bytes.charCodeAt(at + 1) << 8) | bytes.charCodeAt(at)) >>> 0;
}

function isAt(slots: Uint32Array, slot: number, key: Uint32Array): boolean {
  return (
    slots[slot] === key[0] && slots[slot + 1] === key[1] && slots[slot + 2] === key[2] && slots[slot + 3] === key[3]
  );
}
