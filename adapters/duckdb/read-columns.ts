import { compileChecks } from "#core/data/sql/compile-checks";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { namedColumns, type Relation } from "#core/data/sql/relation";
import { textValues } from "#core/data/sql/text-values";
import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import type { ColumnPart } from "./column-part.ts";
import { countLevels } from "./count-levels.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

/** Values at a time, so that the child never holds a whole column. */
const SLICE = 256 * 1024;
/** Columns at a time. */
const BATCH = 16;

export type Send = (part: ColumnPart) => Promise<void>;

export async function readColumns(
  table: Table,
  names: readonly string[] | undefined,
  { session, send }: { readonly session: Session; readonly send: Send },
): Promise<{ readonly names: readonly string[]; readonly rows: number }> {
  const wanted = [...new Set(names ?? table.columns)];
  refuseMissing(table, wanted);
  const numeric = await numericOf(table, wanted, session);
  const words = wanted.filter((name) => !numeric.includes(name));
  for (const batch of batches(numeric)) await sendNumbers(table, batch, { session, send });
  for (const batch of batches(words))
    await table.ask((relation) => countLevels(relation, batch, session)).then((parts) => sendAll(parts, send));
  return { names: wanted, rows: (await table.stored()).rows };
}

async function sendAll(parts: readonly ColumnPart[], send: Send): Promise<void> {
  for (const part of parts) await send(part);
}

function refuseMissing({ path, columns }: Table, names: readonly string[]): void {
  const missing = names.find((name) => !columns.includes(name));
  if (missing === undefined) return;
  const hint = didYouMean(missing, columns) || "Names are compared letter by letter.";
  throw new UserError("COLUMN_MISSING", `${path}: there is no column "${missing}".`, hint);
}

/** A stored number is numeric; a text is when it has values and all of them are finite numbers. */
async function numericOf(table: Table, names: readonly string[], session: Session): Promise<readonly string[]> {
  const checks = names.map((column) => ({ kind: "type", column, type: "number" }) as const);
  return table.ask(async (relation) => {
    const { sql, read } = compileChecks(checks, relation, duckDbDialect);
    const { results } = read(await session.numbers(sql));
    const stored = new Map(relation.columns.map((column) => [column.name, column.stored]));
    return names.filter((name, at) => {
      const result = results[at];
      const type = stored.get(name);
      return type === "integer" || type === "number" || (type === "text" && result?.broken === 0 && result.checked > 0);
    });
  });
}

interface Sending {
  readonly session: Session;
  readonly send: Send;
}

async function sendNumbers(table: Table, names: readonly string[], { session, send }: Sending): Promise<void> {
  // The file is known to be well-formed before a part is sent, so nothing is ever sent twice.
  await table.ask(async () => undefined);
  await table.ask(async (relation) => {
    const slices = names.map((name) => new Slice(name));
    await session.doubleColumns(numbersSql(relation, names), async (columns) => {
      for (const [at, slice] of slices.entries()) {
        if (!slice.fits(columns[at]?.length ?? 0)) await send(slice.take());
        slice.add(columns[at] ?? new Float64Array());
      }
    });
    for (const slice of slices) await send(slice.take());
  });
}

/** What is not finite is missing, and missing is NaN. */
function numbersSql(relation: Relation, names: readonly string[]): string {
  const columns = namedColumns(relation, names, duckDbDialect);
  const numbers = names.map((name) => {
    const { expression = "NULL", stored = "text" } = columns.get(name) ?? {};
    const number = stored === "text" ? textValues(duckDbDialect).number(expression) : `CAST(${expression} AS DOUBLE)`;
    return `CASE WHEN isfinite(${number}) THEN ${number} ELSE 'NaN'::DOUBLE END`;
  });
  const definitions = [...columns.values()].map(({ definition }) => definition);
  return `SELECT ${numbers.join(", ")} FROM (SELECT ${definitions.join(", ")} FROM ${relation.from}) AS read_values`;
}

class Slice {
  readonly #name: string;
  #values = new Float64Array(SLICE);
  #length = 0;

  constructor(name: string) {
    this.#name = name;
  }

  fits(count: number): boolean {
    return this.#length + count <= SLICE;
  }

  add(values: Float64Array): void {
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  take(): ColumnPart {
    const values = this.#values.slice(0, this.#length);
    this.#length = 0;
    return { kind: "numbers", name: this.#name, values };
  }
}

function batches(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / BATCH) }, (_, at) => names.slice(at * BATCH, (at + 1) * BATCH));
}
