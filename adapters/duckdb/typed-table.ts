import type { ColumnType } from "#core/data/check";
import type { ScanCheck } from "#core/data/sql/compile-checks";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation, RelationColumn } from "#core/data/sql/relation";
import type { Counted } from "./count-rows.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

export interface TypedColumn extends RelationColumn {
  /** The narrowest type that every value is of; "string" for columns nobody asked about. */
  readonly type: ColumnType;
  readonly isNumeric: boolean;
}

export type TypedColumns = ReadonlyMap<string, TypedColumn>;

export interface TypeChecks {
  readonly columns: readonly RelationColumn[];
  readonly checks: readonly (ScanCheck & { readonly kind: "type" })[];
}

// A type that one of the first rows does not have needs no scan to be ruled out.
const ROWS_TRIED = 1_000;
const COLUMNS_TRIED = 200;

/** The checks that type these columns over all rows, to be counted along with others. */
export async function typeChecks(table: Table, names: Iterable<string>, session: Session): Promise<TypeChecks> {
  const wanted = new Set(names);
  // To ask a text file anything before its first scan would be to wait for all of its bytes.
  if (wanted.size === 0) return { columns: [], checks: [] };
  return table.ask(async (relation) => {
    const { columns } = relation;
    const asked = columns.filter(({ name }) => wanted.has(name));
    const texts = asked.filter(({ stored }) => stored === "text");
    const tried = await firstValues(relation, texts, session);
    const checks = asked.flatMap(({ name, stored }) =>
      candidates(stored, tried.get(name) ?? []).map((type) => ({ kind: "type" as const, column: name, type })),
    );
    return { columns, checks };
  });
}

async function firstValues({ from }: Relation, columns: readonly RelationColumn[], session: Session) {
  const values = new Map<string, readonly string[]>();
  for (let start = 0; start < columns.length; start += COLUMNS_TRIED) {
    const some = columns.slice(start, start + COLUMNS_TRIED);
    const list = some.map(({ storedName }) => duckDbDialect.identifier(storedName)).join(", ");
    await session.textColumns(`SELECT ${list} FROM ${from} LIMIT ${ROWS_TRIED}`, (chunk) => {
      for (const [at, { name }] of some.entries())
        values.set(name, [...(values.get(name) ?? []), ...(chunk[at] ?? []).filter((text) => text !== "")]);
    });
  }
  return values;
}

/** Wider than the grammar of core/data/sql/text-values, which decides. */
const SHAPES: readonly (readonly [type: ColumnType, shape: RegExp])[] = [
  ["integer", /^[+-]?\d+$/],
  ["number", /^[+-]?[\d.]+(?:[eE][+-]?\d+)?$/],
  ["date", /^\d{4}-\d{2}-\d{2}/],
  ["boolean", /^(?:true|false)$/i],
];

function candidates(stored: RelationColumn["stored"], values: readonly string[]): readonly ColumnType[] {
  if (stored === "number") return ["integer", "number"];
  if (stored !== "text") return [];
  return SHAPES.flatMap(([type, shape]) => (values.every((value) => shape.test(value)) ? [type] : []));
}

/** @param counted one per type check, in the same order */
export function typedColumns({ columns, checks }: TypeChecks, counted: readonly Counted[]): TypedColumns {
  const held = new Map<string, ColumnType[]>();
  for (const [at, { column, type }] of checks.entries()) {
    const { broken = 1, checked = 0 } = counted[at] ?? {};
    if (broken === 0 && checked > 0) held.set(column, [...(held.get(column) ?? []), type]);
  }
  return new Map(columns.map((column) => [column.name, typedColumn(column, held.get(column.name) ?? [])]));
}

/** An integer of 400 digits is no finite number, so it alone does not make a column one of numbers. */
function typedColumn(column: RelationColumn, held: readonly ColumnType[]): TypedColumn {
  const isNumeric = column.stored === "integer" || column.stored === "number" || held.includes("number");
  return { ...column, isNumeric, type: STORED_TYPES[column.stored] ?? narrowest(held) };
}

const STORED_TYPES: Readonly<Partial<Record<RelationColumn["stored"], ColumnType>>> = {
  integer: "integer",
  date: "date",
  timestamp: "date",
  boolean: "boolean",
};

function narrowest(held: readonly ColumnType[]): ColumnType {
  if (held.includes("number")) return held.includes("integer") ? "integer" : "number";
  return held.find((type) => type !== "integer") ?? "string";
}

/** The same table, knowing which of its texts are numbers. */
export function withTypes(table: Table, types: TypedColumns): Table {
  const known = (relation: Relation) => ({
    ...relation,
    columns: relation.columns.map((column) => ({ ...column, isNumeric: types.get(column.name)?.isNumeric })),
  });
  return { ...table, ask: (question) => table.ask((relation) => question(known(relation))) };
}
