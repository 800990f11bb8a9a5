import type { ColumnType } from "#core/data/check";
import { isOfType } from "./column-types.ts";
import { readTable, type Table } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";

export interface TypedTable extends Table {
  /** The narrowest type that every value of a column is of; "string" without a value. */
  readonly types: ReadonlyMap<string, ColumnType>;
}

/** Types every column over all rows. */
export async function findTypes(file: TableFile): Promise<TypedTable> {
  let finders: readonly TypeFinder[] = [];
  const table = await readTable(file, {
    header: (columns) => {
      finders = columns.map(() => new TypeFinder());
    },
    row: (values) => {
      for (const [at, finder] of finders.entries()) finder.add(values[at] ?? "");
    },
  });
  return { ...table, types: new Map(table.columns.map((name, at) => [name, finders[at]?.type() ?? "string"])) };
}

type Narrow = Exclude<ColumnType, "string" | "integer">;

class TypeFinder {
  #hasValue = false;
  #isInteger = true;
  #left: readonly Narrow[] = ["number", "date", "boolean"];

  add(text: string): void {
    if (text === "" || (this.#left.length === 0 && this.#hasValue)) return;
    this.#hasValue = true;
    if (this.#isInteger) this.#isInteger = isOfType.integer(text);
    // Nearly every value is of the types its column had left, so a new list is rare.
    if (!this.#left.every((type) => isOfType[type](text)))
      this.#left = this.#left.filter((type) => isOfType[type](text));
  }

  /** An integer of 400 digits is no finite number, so it alone does not make a column one of numbers. */
  type(): ColumnType {
    const [narrowest = "string"] = this.#hasValue ? this.#left : [];
    return narrowest === "number" && this.#isInteger ? "integer" : narrowest;
  }
}
