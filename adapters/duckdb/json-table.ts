import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation } from "#core/data/sql/relation";
import type { Compression } from "./data-format.ts";
import { LineScanner } from "./line-scanner.ts";
import { malformed, malformedAt } from "./malformed.ts";
import { ObjectFinder } from "./object-finder.ts";
import type { Table, TableFile } from "./table.ts";
import { readWhole, type StoredFile } from "./whole-file.ts";

const MAX_OBJECT_BYTES = 16 * 1024 * 1024;
const COMPRESSIONS = { none: "uncompressed", gzip: "gzip", zstd: "zstd" } as const;

/** One object in each line; the columns are the keys of all of them. Line 1 is the first object. */
export async function jsonTable(given: TableFile, compression: Compression): Promise<Table> {
  const { path, readPath, maxBytes, session } = given;
  const file: StoredFile = { path, compression, maxBytes };
  const scanner = new LineScanner(path);
  const stored = await readWhole(file, scanner);
  const explain = (error: unknown) => explained(file, error);
  const options = `format = 'newline_delimited', compression = '${COMPRESSIONS[compression]}', maximum_object_size = ${MAX_OBJECT_BYTES}`;
  const source = duckDbDialect.literal(readPath);
  const objects = `read_json_objects(${source}, ${options})`;
  const [others = 0] = await session
    .numbers(`SELECT count(*) FILTER (WHERE json_type(json) <> 'OBJECT') FROM ${objects}`)
    .catch(explain);
  if (others > 0) await explain(new Error("A line holds JSON that is no object."));
  const keys = await session.texts(
    `SELECT k FROM (SELECT DISTINCT unnest(json_keys(json)) AS k FROM ${objects}) ORDER BY k`,
  );
  const names = keys.map(([name = ""]) => name);
  refuseNames(names, path);
  const types = names.map((name) => `${duckDbDialect.literal(name)}: 'VARCHAR'`).join(", ");
  const relation: Relation = {
    from: `read_json(${source}, ${options}, records = true, columns = {${types}})`,
    columns: names.map((name) => ({ name, storedName: name, stored: "text" })),
    rowNumber: "row_number() OVER ()",
  };
  return {
    path,
    columns: names,
    rereading: "costly",
    ask: (question) => question(relation).catch(explain),
    stored: async () => ({ ...stored, rows: scanner.rows }),
    linesOf: async (rows) => {
      if (scanner.oneLinePerRow) return new Map(rows.map((row) => [row, row]));
      const finder = new LineScanner(path, new Set(rows));
      await readWhole(file, finder);
      return finder.lines;
    },
  };
}

function refuseNames(names: readonly string[], path: string): void {
  if (names.length === 0) throw malformed(path, "no line is an object with keys");
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (name.trim() === "") throw malformed(path, "a key is empty");
    if (other !== undefined) throw malformed(path, `two keys differ in case only: "${other}" and "${name}"`);
    seen.set(name.toLowerCase(), name);
  }
}

/** DuckDB's own words hold the line's values, which go nowhere. */
async function explained(file: StoredFile, error: unknown): Promise<never> {
  if (!(error instanceof Error) || !error.message.includes("JSON")) throw error;
  await readWhole(file, new ObjectFinder(file.path));
  const repeated = /in line (\d+): Object [\s\S]* has duplicate key/.exec(error.message);
  if (repeated !== null) throw malformedAt(file.path, Number(repeated[1]), "an object has one key twice");
  throw malformed(file.path, "a line is no JSON object", error);
}
