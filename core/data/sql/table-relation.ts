import { UserError } from "../../errors.ts";
import type { SqlDialect, StoredType } from "./dialect.ts";
import type { Relation } from "./relation.ts";

/** A column as the engine itself names and types it. */
export interface TableColumn {
  readonly name: string;
  /** Such as "bigint" or "DECIMAL(9,2)". */
  readonly type: string;
}

export interface NamedTable {
  /** With its catalog and schema, separated by dots. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
}

const DECIMAL = /^(?:decimal|numeric)\b/i;

/** The plain types of Spark and of DuckDB. */
const STORED: readonly (readonly [type: RegExp, stored: StoredType])[] = [
  [/^(?:string|text|(?:var)?char(?:\(\d+\))?)$/i, "text"],
  [/^(?:byte|short|long|u?(?:tiny|small|big|huge)?int(?:eger)?)$/i, "integer"],
  [/^(?:float|double|real)$/i, "number"],
  [DECIMAL, "number"],
  [/^date$/i, "date"],
  [/^timestamp(?:_ntz|_ltz|_ms|_s| with time zone)?$/i, "timestamp"],
  [/^boolean$/i, "boolean"],
];

/**
 * A table of a database that holds its rows in no order of its own: its checks can be counted, not located. Decimals
 * are compared as doubles.
 * @throws UserError COLUMN_REFUSED
 */
export function tableRelation({ name, columns }: NamedTable, dialect: SqlDialect): Relation {
  const table = name.split(".").map(dialect.identifier).join(".");
  const read = columns.map(({ name: column, type }) => {
    const identifier = dialect.identifier(column);
    return DECIMAL.test(type) ? `${dialect.tryCast(identifier, "number")} AS ${identifier}` : identifier;
  });
  const hasDecimals = columns.some(({ type }) => DECIMAL.test(type));
  return {
    from: hasDecimals ? `(SELECT ${read.join(", ")} FROM ${table}) AS stored_values` : table,
    columns: columns.map((column) => ({ name: column.name, storedName: column.name, stored: storedType(column) })),
    rowNumber: "1",
  };
}

function storedType({ name, type }: TableColumn): StoredType {
  const stored = STORED.find(([pattern]) => pattern.test(type))?.[1];
  if (stored !== undefined) return stored;
  throw new UserError(
    "COLUMN_REFUSED",
    `Column "${name.slice(0, 200)}" is of type ${type.slice(0, 200)}, which no check can read.`,
    "Make a view without the column, or with its value as a plain type.",
  );
}
