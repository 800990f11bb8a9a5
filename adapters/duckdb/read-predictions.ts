import { lstat } from "node:fs/promises";
import {
  linkRefused,
  PredictionReader,
  predictionColumns,
  RowRefused,
  refuseMissingColumns,
} from "#core/data/predictions/prediction-reader";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { textValues } from "#core/data/sql/text-values";
import type { PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

/** Reads a file of predictions into columns, in the file's order. */
export async function readPredictions(
  table: Table,
  columns: PredictionColumns,
  session: Session,
): Promise<PredictionRows> {
  if ((await lstat(table.path)).isSymbolicLink()) throw linkRefused(table.path);
  refuseMissingColumns(columns, table.columns, table.path);
  const names = predictionColumns(columns);
  const read = table.ask(async ({ from, columns: stored }) => {
    const reader = new PredictionReader(columns);
    const texts = names.map((name) => {
      const column = stored.find((one) => one.name === name);
      return duckDbDialect.text(duckDbDialect.identifier(column?.storedName ?? name));
    });
    const score = `coalesce(${textValues(duckDbDialect).number(texts[2] ?? "NULL")}, 'NaN'::DOUBLE)`;
    await session.mixedColumns(`SELECT ${[score, ...texts].join(", ")} FROM ${from}`, (chunk) => addAll(chunk, reader));
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

/** One chunk of rows: the scores as numbers, NaN where a text states none, and every column as text. */
interface PredictionChunk {
  readonly doubles: Float64Array;
  readonly texts: readonly (readonly string[])[];
}

function addAll({ doubles, texts }: PredictionChunk, reader: PredictionReader): void {
  const [ids = [], labels = [], scores = [], ...slices] = texts;
  for (const [at, id] of ids.entries())
    reader.add({
      id,
      label: labels[at] ?? "",
      score: scores[at] ?? "",
      number: doubles[at],
      slices: slices.map((values) => values[at] ?? ""),
    });
}
