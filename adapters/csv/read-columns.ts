import type { Column } from "#core/data/column";
import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import { numberOf } from "./column-types.ts";
import { readTable, type TableFile } from "./read-table.ts";

// A column with more different values is an id or free text; their number is all there is to say of it.
const MOST_VALUES = 100_000;

/** Reads columns whole. One is numeric when it has a value and every value is a finite number. */
export async function readColumns(file: TableFile, names: readonly string[] | undefined): Promise<readonly Column[]> {
  let readers: readonly ColumnReader[] = [];
  await readTable(file, {
    header: (header) => {
      readers = (names ?? header).map((name) => new ColumnReader(name, placeOf(name, header, file.path)));
    },
    row: (values) => {
      for (const reader of readers) reader.add(values);
    },
  });
  return readers.map((reader) => reader.column());
}

function placeOf(name: string, header: readonly string[], path: string): number {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  const problem = `${path} has no column ${JSON.stringify(name.slice(0, 80))}. ${didYouMean(name, header)}`;
  throw new UserError("COLUMN_MISSING", problem.trim(), `It has: ${header.slice(0, 30).join(", ").slice(0, 500)}.`);
}

class ColumnReader {
  readonly #name: string;
  readonly #place: number;
  readonly #numbers: number[] = [];
  #isNumeric = true;
  #hasValue = false;
  readonly #counts = new Map<string, number>();
  #uncounted = 0;
  #missing = 0;

  constructor(name: string, place: number) {
    this.#name = name;
    this.#place = place;
  }

  add(row: readonly string[]): void {
    const text = row[this.#place] ?? "";
    if (text === "") this.#missing += 1;
    else this.#count(text);
    if (!this.#isNumeric) return;
    const number = text === "" ? Number.NaN : numberOf(text);
    if (number === undefined) this.#isNumeric = false;
    else this.#numbers.push(number);
  }

  #count(text: string): void {
    this.#hasValue = true;
    const known = this.#counts.get(text);
    if (known !== undefined) this.#counts.set(text, known + 1);
    else if (this.#counts.size < MOST_VALUES) this.#counts.set(text, 1);
    else this.#uncounted += 1;
  }

  column(): Column {
    const name = this.#name;
    if (this.#isNumeric && this.#hasValue) return { kind: "numeric", name, values: Float64Array.from(this.#numbers) };
    return { kind: "categorical", name, counts: this.#told(), missing: this.#missing };
  }

  #told(): ReadonlyMap<string, number> {
    if (this.#uncounted === 0) return this.#counts;
    const total = [...this.#counts.values()].reduce((sum, count) => sum + count, this.#uncounted);
    return new Map([["", total]]);
  }
}
