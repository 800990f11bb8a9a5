import { compileSharedRows } from "#core/data/sql/compile-shared-rows";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { SharedRows } from "#core/ports/data-engine";
import { typed } from "./count-keys.ts";
import { inParts } from "./in-parts.ts";
import { type Keeping, keptTable } from "./kept-table.ts";
import { refuseMissing } from "./missing-column.ts";
import type { Table } from "./table.ts";

export interface Sides {
  readonly left: Table;
  readonly right: Table;
}

/** Both files are kept: each is read for its types and for its rows. */
export async function findSharedRows(
  { left, right }: Sides,
  names: readonly string[] | undefined,
  keeping: Keeping,
): Promise<SharedRows> {
  for (const side of [left, right]) await refuseMissing(side, names ?? []);
  const both = new Set(right.columns);
  const columns = [...new Set(names ?? left.columns.filter((name) => both.has(name)))];
  const { session } = keeping;
  const known = await typed(await keptTable(left, keeping), columns, session);
  const rows = await typed(await keptTable(right, keeping), columns, session);
  const stored = await right.stored();
  if (columns.length === 0) return { columns, rows: stored.rows, shared: 0, firstLine: undefined };
  const parts = await inParts((part) =>
    known.ask((ours) =>
      rows.ask(async (theirs) => {
        const { sql, read } = compileSharedRows(columns, { left: ours, right: theirs, part }, duckDbDialect);
        return read(await session.numbers(sql));
      }),
    ),
  );
  const shared = parts.reduce((sum, part) => sum + part.shared, 0);
  const found = parts.flatMap((part) => part.firstRow ?? []);
  const firstRow = found.length === 0 ? undefined : Math.min(...found);
  const lines = firstRow === undefined ? undefined : await right.linesOf([firstRow]);
  return { columns, rows: stored.rows, shared, firstLine: lines?.get(firstRow ?? 0) };
}
