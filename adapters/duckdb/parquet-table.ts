import type { StoredType } from "#core/data/sql/dialect";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation } from "#core/data/sql/relation";
import { empty, malformed } from "./malformed.ts";
import type { Table, TableFile } from "./table.ts";
import { readWhole } from "./whole-file.ts";

const ROW_NUMBER = "file_row_number";

/** Values keep the types they are stored with. A row's "line" is the one it would have in the same data as CSV. */
export async function parquetTable({ path, readPath, maxBytes, session }: TableFile): Promise<Table> {
  const scan = readWhole({ path, compression: "none", maxBytes });
  scan.catch(() => undefined);
  const literal = duckDbDialect.literal(readPath);
  const schema = await session
    .texts(`DESCRIBE SELECT * FROM read_parquet(${literal})`)
    .catch(async (error: unknown) => {
      await scan;
      throw malformed(path, "the Parquet file is damaged, cut or none", error);
    });
  const columns = schema.map(([name = "", type = ""]) => ({ name, storedName: name, stored: storedType(type) }));
  const casts = schema.flatMap(([name = "", type = ""]) => cast(name, type));
  const [rows = 0] = await session.numbers(`SELECT count(*) FROM read_parquet(${literal})`);
  if (rows === 0) throw empty(path, "has columns and no row");
  const isTaken = columns.some(({ name }) => name.toLowerCase() === ROW_NUMBER);
  const relation: Relation = {
    from: replaced(`read_parquet(${literal}${isTaken ? "" : `, ${ROW_NUMBER} = true`})`, casts),
    columns,
    rowNumber: isTaken ? "row_number() OVER ()" : `${ROW_NUMBER} + 1`,
  };
  return {
    path,
    columns: columns.map(({ name }) => name),
    rereading: "cheap",
    ask: async (question) => {
      const answer = question(relation);
      answer.catch(() => undefined);
      await scan;
      return answer;
    },
    stored: async () => ({ ...(await scan), rows }),
    linesOf: async (numbers) => new Map(numbers.map((row) => [row, row + 1])),
  };
}

/** Decimals are compared as doubles; lists, structures and the like are read as text. */
function cast(name: string, type: string): string[] {
  const stored = storedType(type);
  const identifier = duckDbDialect.identifier(name);
  if (type.startsWith("DECIMAL")) return [`CAST(${identifier} AS DOUBLE) AS ${identifier}`];
  return stored === "text" && type !== "VARCHAR" ? [`CAST(${identifier} AS VARCHAR) AS ${identifier}`] : [];
}

function replaced(from: string, casts: readonly string[]): string {
  return casts.length === 0 ? from : `(SELECT * REPLACE (${casts.join(", ")}) FROM ${from}) AS stored_values`;
}

const STORED: readonly (readonly [type: RegExp, stored: StoredType])[] = [
  [/^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/, "integer"],
  [/^(?:FLOAT|DOUBLE|DECIMAL\(.*)$/, "number"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP/, "timestamp"],
  [/^BOOLEAN$/, "boolean"],
];

function storedType(type: string): StoredType {
  return STORED.find(([pattern]) => pattern.test(type))?.[1] ?? "text";
}
