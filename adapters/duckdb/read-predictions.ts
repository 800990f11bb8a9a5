import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { textValues } from "#core/data/sql/text-values";
import type { PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import { PredictionReader, RowRefused, refuseMissing } from "./prediction-reader.ts";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

/** Reads a file of predictions into columns, in the file's order. */
export async function readPredictions(
  table: Table,
  columns: PredictionColumns,
  session: Session,
): Promise<PredictionRows> {
  refuseMissing(table, columns);
  const names = [columns.id, columns.label, columns.score, ...columns.slices];
  const read = table.ask(async ({ from, columns: stored }) => {
    const reader = new PredictionReader(columns);
    const texts = names.map((name) => {
      const column = stored.find((one) => one.name === name);
      return duckDbDialect.text(duckDbDialect.identifier(column?.storedName ?? name));
    });
    const score = `coalesce(${textValues(duckDbDialect).number(texts[2] ?? "NULL")}, 'NaN'::DOUBLE)`;
    await session.mixedColumns(`SELECT ${[score, ...texts].join(", ")} FROM ${from}`, (chunk) => reader.add(chunk));
    return reader.rows();
  });
  const rows = await read.catch(async (error: unknown) => {
    if (!(error instanceof RowRefused)) throw error;
    await table.stored();
    const lines = await table.linesOf([error.row]);
    throw error.at(`${table.path} line ${lines.get(error.row)}`);
  });
  return { digest: (await table.stored()).digest, ...rows };
}
