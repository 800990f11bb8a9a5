import { UserError } from "../../errors.ts";
import type { ColumnKind, DatasetColumn } from "./dataset-record.ts";
import type { Cell, Row } from "./flatten.ts";

const MAX_COLUMNS_OF_ALL_ROWS = 20_000;

export interface ColumnScan {
  add(row: Row): void;
  columns(): readonly DatasetColumn[];
}

/** Every column of the rows, sorted by code unit, so that the order of messages does not show. */
export function columnScan(): ColumnScan {
  const kinds = new Map<string, Set<ColumnKind>>();
  return {
    add: (row) => {
      for (const [column, cell] of row) {
        const seen = kinds.get(column) ?? new Set();
        const kind = kindOf(cell);
        if (kind !== undefined) seen.add(kind);
        kinds.set(column, seen);
      }
      if (kinds.size > MAX_COLUMNS_OF_ALL_ROWS) throw tooManyColumns();
    },
    columns: () =>
      [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, seen]) => ({ name, kinds: [...seen].sort() })),
  };
}

function kindOf(cell: Cell): ColumnKind | undefined {
  if (cell === null) return undefined;
  if (typeof cell === "boolean") return "boolean";
  return typeof cell === "string" ? "text" : "number";
}

function tooManyColumns(): UserError {
  return new UserError(
    "TOO_MANY_COLUMNS",
    `The messages have more than ${MAX_COLUMNS_OF_ALL_ROWS} different columns between them.`,
    "Field names probably hold data, such as ids; send those as values.",
  );
}
