import { type CategoricalColumn, type Column, MOST_LEVELS, type NumericColumn, ROWS_SAMPLED } from "#core/data/column";
import { type LabelBuckets, MOST_BUCKETS_OF_WORDS } from "#core/data/leakage/label-buckets";
import { numberOf } from "./column-types.ts";
import { type KeyBudget, KeySet } from "./key-set.ts";
import { ClassCounts, type LabelCodes } from "./label-codes.ts";

export interface ColumnReader {
  /** @param code the label's class in this row */
  add(text: string, code: number | undefined): void;
  column(): Column;
  /** Rows per class within each bucket. */
  joint(buckets: LabelBuckets, labels: LabelCodes): readonly ReadonlyMap<string, number>[];
}

export class NumberReader implements ColumnReader {
  readonly #name: string;
  readonly #values: Float64Array;
  #rows = 0;

  constructor(name: string, rows: number) {
    this.#name = name;
    this.#values = new Float64Array(rows);
  }

  add(text: string): void {
    this.#values[this.#rows++] = numberOf(text) ?? Number.NaN;
  }

  column(): NumericColumn {
    return { kind: "numeric", name: this.#name, values: this.#values };
  }

  joint(buckets: LabelBuckets, labels: LabelCodes): readonly ReadonlyMap<string, number>[] {
    if (buckets.kind !== "edges") return [];
    const { edges } = buckets;
    const missing = new ClassCounts();
    const counts = [...edges, Number.POSITIVE_INFINITY].map(() => new ClassCounts());
    for (const [row, value] of this.#values.entries())
      (Number.isNaN(value) ? missing : counts[bucketOf(value, edges)])?.add(labels.of(row));
    return [missing, ...counts].map((each) => each.byClass());
  }
}

/** The bucket (a, b] a value lies in. */
function bucketOf(value: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Level {
  rows: number;
  readonly classes: ClassCounts;
}

export class WordsReader implements ColumnReader {
  readonly #name: string;
  readonly #budget: KeyBudget;
  #levels = new Map<string, Level>();
  /** Once there are too many levels: all of them, by hash. */
  #untold: KeySet | undefined;
  readonly #sample = new Set<string>();
  readonly #missing: Level = { rows: 0, classes: new ClassCounts() };
  #present = 0;

  constructor(name: string, budget: KeyBudget) {
    this.#name = name;
    this.#budget = budget;
  }

  add(text: string, code: number | undefined): void {
    if (text === "") {
      this.#missing.rows += 1;
      this.#missing.classes.add(code);
      return;
    }
    this.#present += 1;
    if (this.#present <= ROWS_SAMPLED) this.#sample.add(text);
    if (this.#untold === undefined) this.#count(text, code);
    else this.#untold.add(text);
  }

  #count(text: string, code: number | undefined): void {
    const level = this.#levels.get(text) ?? { rows: 0, classes: new ClassCounts() };
    if (level.rows === 0) this.#levels.set(text, level);
    level.rows += 1;
    if (this.#levels.size <= MOST_BUCKETS_OF_WORDS) level.classes.add(code);
    if (this.#levels.size > MOST_LEVELS) this.#turnUntold();
  }

  #turnUntold(): void {
    this.#untold = new KeySet(this.#budget);
    for (const text of this.#levels.keys()) this.#untold.add(text);
    this.#levels = new Map();
  }

  column(): CategoricalColumn {
    const counts = new Map([...this.#levels].map(([text, { rows }]) => [text, rows]));
    const missing = this.#missing.rows;
    const values = this.#untold?.size ?? 0;
    const untold =
      values === 0 ? { values, rows: 0, sample: [] } : { values, rows: this.#present, sample: [...this.#sample] };
    return { kind: "categorical", name: this.#name, counts, missing, untold };
  }

  joint({ kind }: LabelBuckets): readonly ReadonlyMap<string, number>[] {
    return kind === "values" ? [this.#missing, ...this.#levels.values()].map(({ classes }) => classes.byClass()) : [];
  }
}
