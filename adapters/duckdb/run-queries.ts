import type { ColumnType } from "#core/data/check";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { RelationColumn } from "#core/data/sql/relation";
import type { QueryAnswer } from "#core/data/survey";
import { runQuery } from "./run-query.ts";
import type { Surveying } from "./surveying.ts";
import type { Table } from "./table.ts";
import type { TypedColumns } from "./typed-table.ts";

/** Over a view `data`. A column of texts has the type that all its values state; an empty text is NULL. */
export async function runQueries(
  table: Table,
  queries: readonly string[],
  { types, surveying }: { readonly types: TypedColumns; readonly surveying: Surveying },
): Promise<readonly QueryAnswer[]> {
  if (queries.length === 0) return [];
  const { session, querySeconds, deadly, aboutToRun } = surveying;
  return table.ask(async ({ from, columns }) => {
    const values = columns.map((column) => typedValue(column, types.get(column.name)?.type ?? "string"));
    await session.run(`CREATE OR REPLACE VIEW data AS SELECT ${values.join(", ")} FROM ${from}`);
    const answers: QueryAnswer[] = [];
    for (const [at, sql] of queries.entries()) {
      if (!deadly.includes(at)) await aboutToRun(at);
      answers.push(deadly.includes(at) ? DEADLY : await runQuery(sql, session, querySeconds));
    }
    await session.run("DROP VIEW data");
    return answers;
  });
}

const DEADLY: QueryAnswer = { kind: "refused", reason: "it took the data engine down" };

const TYPES = { integer: "HUGEINT", number: "DOUBLE", date: "TIMESTAMP", boolean: "BOOLEAN" } as const;

function typedValue({ name, storedName, stored }: RelationColumn, type: ColumnType): string {
  const identifier = duckDbDialect.identifier(storedName);
  const text = `NULLIF(${identifier}, '')`;
  const value = type === "string" ? text : `TRY_CAST(${text} AS ${TYPES[type]})`;
  return `${stored === "text" ? value : identifier} AS ${duckDbDialect.identifier(name)}`;
}
