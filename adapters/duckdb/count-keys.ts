import type { KeyCheck } from "#core/data/check";
import { compileFirstKey, compileKeyCounts } from "#core/data/sql/compile-key-checks";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { KeyRelations } from "#core/data/sql/key-relations";
import { type Counted, countRows } from "./count-rows.ts";
import { inParts } from "./in-parts.ts";
import { refuseMissing } from "./missing-column.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";
import { typeChecks, typedColumns, withTypes } from "./typed-table.ts";

export interface KeyCounting {
  readonly session: Session;
  /** The file of foreign keys, opened and verified like the first. */
  open(path: string): Promise<Table>;
}

/** Of rows, all of them when a column is not there. */
export async function countKeys(table: Table, check: KeyCheck, counting: KeyCounting): Promise<Counted> {
  const { rows } = await table.stored();
  const counts = await asked(table, await otherOf(check, counting), async (relations) => {
    const compiled = compileKeyCounts(check, relations, duckDbDialect);
    return compiled?.read(await counting.session.numbers(compiled.sql));
  });
  if (counts.includes(undefined)) return { broken: rows, checked: rows };
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const broken = sum(counts.map((each) => each?.broken ?? 0));
  return { broken, checked: check.kind === "exists-in" ? sum(counts.map((each) => each?.checked ?? 0)) : rows };
}

export async function firstKeyRow(table: Table, check: KeyCheck, counting: KeyCounting): Promise<number | undefined> {
  const rows = await asked(table, await otherOf(check, counting), async (relations) => {
    const compiled = compileFirstKey(check, relations, duckDbDialect);
    return compiled?.read(await counting.session.numbers(compiled.sql));
  });
  const found = rows.filter((row) => row !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

async function otherOf(check: KeyCheck, { open, session }: KeyCounting): Promise<Table | undefined> {
  if (check.kind !== "exists-in") return undefined;
  const other = await open(check.other.path);
  await refuseMissing(other, check.other.columns);
  return typed(other, check.other.columns, session);
}

/** The same table, its columns typed over all rows. */
export async function typed(table: Table, names: readonly string[], session: Session): Promise<Table> {
  const types = await typeChecks(table, names, session);
  return withTypes(table, typedColumns(types, await countRows(table, types.checks, session)));
}

function asked<Answer>(
  table: Table,
  other: Table | undefined,
  question: (relations: KeyRelations) => Promise<Answer>,
): Promise<readonly Answer[]> {
  return inParts((part) =>
    table.ask((own) =>
      other === undefined
        ? question({ table: own, part })
        : other.ask((theirs) => question({ table: own, other: theirs, part })),
    ),
  );
}
