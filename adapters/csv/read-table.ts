import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import type { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import { guardedBytes } from "./byte-guard.ts";
import { refuseOtherFormats } from "./lacks.ts";
import { explained, malformed, malformedAt } from "./malformed.ts";
import type { TableFile } from "./table-file.ts";

const MAX_FIELD_BYTES = 1024 * 1024;
const MAX_RECORD_BYTES = 16 * MAX_FIELD_BYTES;

export interface Table {
  /** Of the file as it is stored, so of the compressed bytes of a `.csv.gz`. */
  readonly digest: Digest;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly string[];
}

export interface TableReader {
  header(columns: readonly string[]): void;
  /** @param line where the row starts; the header is line 1 */
  row(values: readonly string[], line: number): void;
}

/** Reads a CSV file once, strictly, row by row. */
export async function readTable(tableFile: TableFile, reader: TableReader): Promise<Table> {
  const { path } = tableFile;
  await refuseOtherFormats(path);
  const records = new Records(path, reader);
  const hash = createHash("sha256");
  let bytes = 0;
  const tapped = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  try {
    const file = createReadStream(path, { highWaterMark: 256 * 1024 });
    const text = (chunks: AsyncIterable<Buffer>) => guardedBytes(chunks, tableFile);
    if (path.toLowerCase().endsWith(".gz")) await pipeline(file, tapped, createGunzip(), text, parser(records), sink());
    else await pipeline(file, tapped, text, parser(records), sink());
  } catch (error) {
    throw explained(path, records.nextLine, error);
  }
  return { digest: `sha256:${hash.digest("hex")}`, bytes, rows: records.rows(), columns: records.columns };
}

/** Reads a table a second time, for several readers at once. @throws UserError DATA_MALFORMED when it is another one now */
export async function readAgain(file: TableFile, before: Table, readers: readonly TableReader[]): Promise<void> {
  const { digest } = await readTable(file, {
    header: (columns) => {
      for (const reader of readers) reader.header(columns);
    },
    row: (values, line) => {
      for (const reader of readers) reader.row(values, line);
    },
  });
  if (digest !== before.digest) throw malformed(file.path, "the file changed while it was being read");
}

const sink = () => new Writable({ objectMode: true, write: (_record, _encoding, done) => done() });

const parser = (records: Records) =>
  parse({
    bom: true,
    delimiter: ",",
    quote: '"',
    escape: '"',
    record_delimiter: ["\r\n", "\n"],
    max_record_size: MAX_RECORD_BYTES,
    on_record: (record: string[]) => {
      records.add(record);
      return null;
    },
  });

class Records {
  columns: readonly string[] = [];
  nextLine = 1;
  readonly #path: string;
  readonly #reader: TableReader;
  #count = 0;

  constructor(path: string, reader: TableReader) {
    this.#path = path;
    this.#reader = reader;
  }

  add(values: readonly string[]): void {
    const line = this.nextLine;
    this.nextLine += 1 + this.#linesInside(values, line);
    this.#count += 1;
    if (this.#count > 1) {
      this.#reader.row(values, line);
      return;
    }
    this.columns = checkedHeader(values, this.#path);
    this.#reader.header(this.columns);
  }

  /** Rows without the header. @throws UserError DATA_EMPTY when there is none */
  rows(): number {
    if (this.#count > 1) return this.#count - 1;
    const found = this.#count === 0 ? "is empty" : "has a header and no row";
    throw new UserError(
      "DATA_EMPTY",
      `The data file "${this.#path}" ${found}.`,
      "Nothing can be judged without rows; check the step that writes the file.",
    );
  }

  #linesInside(values: readonly string[], line: number): number {
    let lines = 0;
    for (const value of values) {
      if (value.length > MAX_FIELD_BYTES) throw malformedAt(this.#path, line, "a value is longer than 1 MiB");
      for (let at = value.indexOf("\n"); at !== -1; at = value.indexOf("\n", at + 1)) lines += 1;
    }
    return lines;
  }
}

function checkedHeader(names: readonly string[], path: string): readonly string[] {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name.trim() === "") throw malformedAt(path, 1, `column ${index + 1} has no name`);
    if (seen.has(name)) throw malformedAt(path, 1, `two columns are named "${name}"`);
    seen.add(name);
  }
  return names;
}
