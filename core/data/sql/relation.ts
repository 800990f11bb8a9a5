import type { SqlDialect, StoredType } from "./dialect.ts";
import type { ValueColumn } from "./holds.ts";

export interface RelationColumn {
  /** As the file has it; checks name columns so. */
  readonly name: string;
  /** As the engine calls it, not yet quoted. */
  readonly storedName: string;
  readonly stored: StoredType;
  /** Of texts: whether each one is known to state a finite number. Then keys and rows compare them by value. */
  readonly isNumeric?: boolean | undefined;
}

/** A table as an engine sees it. */
export interface Relation {
  /** What stands after FROM: a table's quoted name or a function that reads a file. */
  readonly from: string;
  readonly columns: readonly RelationColumn[];
  /** The number of a row in the file's order, from 1. */
  readonly rowNumber: string;
}

/** A column's place in the sub-select. */
export interface NamedColumn extends ValueColumn {
  readonly definition: string;
  /** Of values, or of texts that all state a number. */
  readonly isNumeric: boolean;
}

/** The columns that are looked at, under short names of ours; an empty text is a missing value. */
export function namedColumns(relation: Relation, names: readonly string[], dialect: SqlDialect) {
  const byName = new Map(relation.columns.map((column) => [column.name, column]));
  const named = new Map<string, NamedColumn>();
  for (const name of new Set(names)) {
    const column = byName.get(name);
    if (column === undefined) continue;
    const expression = `v${named.size}`;
    const stored = dialect.identifier(column.storedName);
    const value = column.stored === "text" ? `NULLIF(${stored}, '')` : stored;
    const isNumeric = column.stored === "integer" || column.stored === "number" || column.isNumeric === true;
    named.set(name, { expression, stored: column.stored, definition: `${value} AS ${expression}`, isNumeric });
  }
  return named;
}
