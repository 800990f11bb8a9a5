import type { CategoricalColumn } from "#core/data/column";
import type { SortedColumn } from "#core/data/drift/sorted-column";
import { countLevels } from "./count-levels.ts";
import { NumberArrays, readNumbers } from "./read-numbers.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";
import type { TypedColumns } from "./typed-table.ts";

export type ReadColumn = ({ readonly kind: "sorted" } & SortedColumn) | CategoricalColumn;

export interface ColumnReader {
  /** Columns that are there. Numbers lie in arrays that the next reading uses again. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, ReadColumn>>;
}

interface Reading {
  readonly types: TypedColumns;
  readonly rows: number;
  readonly session: Session;
}

export function columnReader(table: Table, { types, rows, session }: Reading): ColumnReader {
  const arrays = new NumberArrays(rows);
  return {
    read: (names) =>
      table.ask(async (relation) => {
        const columns = names.flatMap((name) => types.get(name) ?? []);
        const numeric = columns.filter(({ isNumeric }) => isNumeric);
        const words = columns.filter(({ isNumeric }) => !isNumeric).map(({ name }) => name);
        // Words first: counting them uses the arrays in which the numbers stay.
        const read = new Map<string, ReadColumn>(await countLevels(relation, words, { session, arrays }));
        const numbers = await readNumbers(relation, numeric, { session, arrays });
        for (const [name, column] of numbers) read.set(name, { kind: "sorted", ...column });
        return read;
      }),
  };
}

const VALUES_AT_ONCE = 2_000_000;
const MOST_AT_ONCE = 250;

/** As many columns as make up two million values: one of a large file, hundreds of a wide one. */
export function batches(names: readonly string[], rows: number): readonly (readonly string[])[] {
  const size = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, rows))));
  return Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
}
