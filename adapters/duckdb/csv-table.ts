import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation } from "#core/data/sql/relation";
import { CsvScanner } from "./csv-scanner.ts";
import type { Compression } from "./data-format.ts";
import { readHeader } from "./read-header.ts";
import type { Table, TableFile } from "./table.ts";
import { readWhole, type StoredFile } from "./whole-file.ts";

const DEFAULT_LINE_BYTES = 2_000_000;

/** What the scan of the bytes says about reading them. */
interface Shape {
  readonly lineBytes: number;
  readonly lineEnds: "one-kind" | "mixed";
}

const USUAL: Shape = { lineBytes: DEFAULT_LINE_BYTES, lineEnds: "one-kind" };

/**
 * DuckDB reads a plain file while its bytes are still being checked; a compressed one only afterwards, because DuckDB
 * takes a cut gzip stream for a whole one.
 */
export async function csvTable({ path, readPath, maxBytes }: TableFile, compression: Compression): Promise<Table> {
  const file: StoredFile = { path, compression, maxBytes };
  const scanner = new CsvScanner(path);
  const header = await readHeader(file).catch(async (error: unknown) => {
    await readWhole(file, new CsvScanner(path));
    throw error;
  });
  const scan = readWhole(file, scanner);
  scan.catch(() => undefined);
  if (compression !== "none") await scan;
  const relation = (shape: Shape): Relation => ({
    from: readCsv(readPath, { compression, shape, columns: header.length }),
    columns: header.map((name, at) => ({ name, storedName: `c${at}`, stored: "text" })),
    rowNumber: "row_number() OVER ()",
  });
  return {
    path,
    columns: header,
    rereading: "costly",
    ask: async (question) => {
      const early = question(relation(USUAL));
      early.catch(() => undefined);
      await scan;
      const shape = shapeOf(scanner);
      return isUsual(shape) ? early : early.catch(() => undefined).then(() => question(relation(shape)));
    },
    stored: async () => ({ ...(await scan), rows: scanner.rows }),
    linesOf: async (rows) => {
      await scan;
      if (scanner.oneLinePerRow) return new Map(rows.map((row) => [row, row + 1]));
      const finder = new CsvScanner(path, new Set(rows));
      await readWhole(file, finder);
      return finder.lines;
    },
  };
}

function shapeOf({ longestRow, mixedLineEnds }: CsvScanner): Shape {
  return {
    lineBytes: longestRow < DEFAULT_LINE_BYTES ? DEFAULT_LINE_BYTES : longestRow + 16,
    lineEnds: mixedLineEnds ? "mixed" : "one-kind",
  };
}

function isUsual({ lineBytes, lineEnds }: Shape): boolean {
  return lineBytes === DEFAULT_LINE_BYTES && lineEnds === "one-kind";
}

interface CsvReading {
  readonly compression: Compression;
  readonly shape: Shape;
  readonly columns: number;
}

/** The dialect is stated in full: what DuckDB would guess depends on the first rows. Columns get names of ours. */
function readCsv(path: string, { compression, shape, columns }: CsvReading): string {
  const names = Array.from({ length: columns }, (_, at) => `c${at}: 'VARCHAR'`).join(", ");
  const options = [
    "delim = ','",
    `quote = '"'`,
    `escape = '"'`,
    "comment = ''",
    "header = true",
    "auto_detect = false",
    `strict_mode = ${shape.lineEnds === "one-kind"}`,
    `compression = '${compression}'`,
    `max_line_size = ${shape.lineBytes}`,
    `buffer_size = ${Math.max(8 * 1024 * 1024, 2 * shape.lineBytes)}`,
    `columns = {${names}}`,
  ];
  return `read_csv(${duckDbDialect.literal(path)}, ${options.join(", ")})`;
}
