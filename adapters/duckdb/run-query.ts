import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { QueryAnswer } from "#core/data/survey";
import { UserError } from "#core/errors";
import { QueryRefused } from "./query-refused.ts";
import { refuseTree } from "./query-tables.ts";
import type { Session } from "./session.ts";
import { isOutOfMemory, StatementStopped } from "./stop-watch.ts";

const MOST_CHARACTERS = 20_000;

/** Runs one statement that others wrote over the view `data`. What the file holds is never part of a reason. */
export async function runQuery(sql: string, session: Session, seconds: number): Promise<QueryAnswer> {
  try {
    return { kind: "number", value: await session.foreign(seconds, (connection) => numberOf(sql, connection)) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    return { kind: "refused", reason: reasonOf(error) };
  }
}

async function numberOf(sql: string, connection: DuckDBConnection): Promise<number> {
  await refuseForm(sql, connection);
  const result = await connection.stream(sql);
  const first = await result.fetchChunk();
  const second = first === null ? null : await result.fetchChunk();
  const rows = (first?.rowCount ?? 0) + (second?.rowCount ?? 0);
  if (result.columnCount !== 1 || rows !== 1) throw new QueryRefused("it must give one row of one number");
  const value = first?.getRows()[0]?.[0] ?? null;
  const isNumber = value !== null && typeof value !== "string" && typeof value !== "boolean";
  const number = isNumber ? Number(String(value)) : Number.NaN;
  if (!Number.isFinite(number)) throw new QueryRefused("what it gives is no finite number");
  return number;
}

/** By DuckDB's own reading of the text: one statement, a SELECT, of nothing but `data`. */
async function refuseForm(sql: string, connection: DuckDBConnection): Promise<void> {
  if (sql.length > MOST_CHARACTERS) throw new QueryRefused(`it is longer than ${MOST_CHARACTERS} characters`);
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${duckDbDialect.literal(sql)})`);
  refuseTree(JSON.parse(String(reader.getRows()[0]?.[0])));
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new QueryRefused("it must be one statement");
  const { StatementType } = await import("@duckdb/node-api");
  const { statementType } = await statements.prepare(0);
  if (statementType !== StatementType.SELECT) throw new QueryRefused("it must be a SELECT");
}

/** Errors that speak of the statement and of names of columns, told before any row is read. */
const OF_THE_STATEMENT = /^(?:Parser|Binder|Catalog) Error: ([^\n]{1,200})/;

function reasonOf(error: unknown): string {
  if (error instanceof QueryRefused || error instanceof StatementStopped) return error.message;
  if (isOutOfMemory(error)) return "it needs more memory than it may take";
  const message = error instanceof Error ? error.message : "";
  const told = OF_THE_STATEMENT.exec(message);
  if (told !== null) return `it cannot be run: ${told[1]}`;
  if (message.startsWith("Conversion Error"))
    return "a value cannot be converted to the type it asks for; TRY_CAST gives NULL there";
  if (message.startsWith("Out of Range Error")) return "a number or a text in it grows out of its range";
  return "it cannot be run on this data";
}
