import type { ColumnType } from "#core/data/check";
import type { Column } from "#core/data/column";
import { type ColumnReader, NumberReader, WordsReader } from "./column-reader.ts";
import { findTypes, type TypedTable } from "./find-types.ts";
import { KeyBudget } from "./key-set.ts";
import { LabelCodes } from "./label-codes.ts";
import { readAgain, type TableReader } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";

export interface WantedColumns {
  readonly names: readonly string[];
  readonly label?: string | undefined;
}

/** Keeps whole columns of a table whose types and rows are known. */
export class ColumnsReader implements TableReader {
  readonly columns: readonly (ColumnReader & { readonly name: string })[];
  /** Undefined when no label is wanted or the file has none. */
  readonly labels: LabelCodes | undefined;
  readonly #places: readonly number[];
  readonly #labelPlace: number;

  constructor({ types, rows, columns }: TypedTable, { names, label }: WantedColumns) {
    const budget = new KeyBudget();
    this.columns = names.map((name) => Object.assign(readerOf(name, types.get(name), { rows, budget }), { name }));
    this.#places = names.map((name) => columns.indexOf(name));
    this.#labelPlace = label === undefined ? -1 : columns.indexOf(label);
    this.labels = this.#labelPlace === -1 ? undefined : new LabelCodes(rows);
  }

  header(): void {}

  row(values: readonly string[]): void {
    const code = this.labels?.add(values[this.#labelPlace] ?? "");
    for (const [at, column] of this.columns.entries()) column.add(values[this.#places[at] ?? -1] ?? "", code);
  }
}

interface Space {
  readonly rows: number;
  readonly budget: KeyBudget;
}

function readerOf(name: string, type: ColumnType | undefined, { rows, budget }: Space): ColumnReader {
  return type === "integer" || type === "number" ? new NumberReader(name, rows) : new WordsReader(name, budget);
}

/** The columns of those names that the file has, or all of them. */
export async function readColumns(file: TableFile, names: readonly string[] | undefined): Promise<readonly Column[]> {
  const table = await findTypes(file);
  const reader = new ColumnsReader(table, { names: (names ?? table.columns).filter((name) => table.types.has(name)) });
  await readAgain(file, table, [reader]);
  return reader.columns.map((column) => column.column());
}
