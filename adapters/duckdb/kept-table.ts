import { join } from "node:path";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation, RelationColumn } from "#core/data/sql/relation";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

export interface Keeping {
  readonly session: Session;
  /** Where the session may write. */
  readonly spillFolder: string;
}

// DuckDB takes 32 kB and more of each column it reads at once, so of 5,000 texts it cannot write one row within 200 MB.
const MOST_COLUMNS = 500;
// Rows are gathered before they are written, so wide tables have fewer of them at a time.
const VALUES_PER_GROUP = 1_000_000;
const ROWS_PER_GROUP = { least: 2_048, most: 61_440 };

/**
 * The same table for many questions: text is parsed once, into a Parquet file of texts in the spill folder, in the
 * file's order. What is stored by columns already is given back as it is, and so is a table too wide to be written.
 */
export async function keptTable(table: Table, { session, spillFolder }: Keeping): Promise<Table> {
  if (table.rereading === "cheap" || table.columns.length > MOST_COLUMNS) return table;
  const literal = duckDbDialect.literal(join(spillFolder, `kept-${kept++}.parquet`));
  const columns = await table.ask((relation) => write(relation, literal, session));
  const relation: Relation = {
    from: `read_parquet(${literal}, file_row_number = true)`,
    columns,
    rowNumber: "file_row_number + 1",
  };
  return { ...table, rereading: "cheap", ask: (question) => question(relation) };
}

let kept = 0;

async function write(relation: Relation, literal: string, session: Session): Promise<readonly RelationColumn[]> {
  const columns = relation.columns.map((column, at) => ({ ...column, storedName: `c${at}` }));
  const values = relation.columns.map(
    ({ storedName }, at) => `NULLIF(${duckDbDialect.identifier(storedName)}, '') AS c${at}`,
  );
  const { least, most } = ROWS_PER_GROUP;
  const group = Math.min(most, Math.max(least, Math.floor(VALUES_PER_GROUP / columns.length)));
  const options = `FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${group}`;
  await session.run(`COPY (SELECT ${values.join(", ")} FROM ${relation.from}) TO ${literal} (${options})`);
  return columns;
}
