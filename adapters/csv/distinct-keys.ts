// A Set of V8 holds at most 2^24 values.
const MAX_PER_SET = 16_000_000;

/** Remembers composite keys and compares them exactly; no two different keys are ever taken for one. */
export class DistinctKeys {
  readonly #sets: Set<string>[] = [new Set()];

  /** False when the key was there before. */
  add(parts: readonly string[]): boolean {
    const key = parts.length === 1 ? (parts[0] ?? "") : parts.map((part) => `${part.length}:${part}`).join("");
    if (this.#sets.some((set) => set.has(key))) return false;
    const newest = this.#sets.at(-1);
    if (newest === undefined || newest.size >= MAX_PER_SET) this.#sets.push(new Set([key]));
    else newest.add(key);
    return true;
  }
}
