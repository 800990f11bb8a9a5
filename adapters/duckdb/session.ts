import { availableParallelism } from "node:os";
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { outOfMemory, StopWatch } from "./stop-watch.ts";
import { doublesOf, textsOf, wordsOf } from "./vectors.ts";

export interface SessionLimits {
  readonly memoryMegabytes: number;
  /** Undefined is one per processor. */
  readonly threads?: number | undefined;
  /** For everything that is asked of the session together. */
  readonly timeoutSeconds: number;
  /** Where sorts and groups spill to; an empty folder of our own. */
  readonly spillFolder: string;
}

/** What a session may read: files, and what lies below folders. */
export interface Readable {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

export type Values = readonly (number | undefined)[];

/** A database in memory that can read the files it was opened for, write to its spill folder and reach nothing else. */
export class Session {
  readonly #connection: DuckDBConnection;
  readonly #watch: StopWatch;

  constructor(connection: DuckDBConnection, watch: StopWatch) {
    this.#connection = connection;
    this.#watch = watch;
  }

  async run(sql: string): Promise<void> {
    await this.#timed(() => this.#connection.run(sql));
  }

  /** The one row of numbers that a statement gives. */
  async numbers(sql: string): Promise<Values> {
    const reader = await this.#timed(() => this.#connection.runAndReadAll(sql));
    return (reader.getRows()[0] ?? []).map((value) => (value === null ? undefined : Number(value)));
  }

  async texts(sql: string): Promise<readonly (readonly string[])[]> {
    const reader = await this.#timed(() => this.#connection.runAndReadAll(sql));
    return reader.getRows().map((row) => row.map((value) => (value === null ? "" : String(value))));
  }

  /** For statements that others wrote: the connection itself, interrupted after `seconds`. */
  foreign<Value>(seconds: number, work: (connection: DuckDBConnection) => Promise<Value>): Promise<Value> {
    return this.#watch.foreign(this.#connection, seconds, work);
  }

  /** Chunk after chunk, each as one array of texts per column; a missing value is an empty text. */
  textColumns(sql: string, take: (columns: readonly (readonly string[])[]) => void | Promise<void>): Promise<void> {
    return this.#eachChunk(sql, (chunk) => take(columnsOf(chunk, textsOf)));
  }

  /** Chunk after chunk, each as one array of doubles per column. The arrays are the engine's: copy what is kept. */
  doubleColumns(sql: string, take: (columns: readonly Float64Array[]) => void | Promise<void>): Promise<void> {
    return this.#eachChunk(sql, (chunk) => take(columnsOf(chunk, doublesOf)));
  }

  /** Chunk after chunk of one column of 64-bit words that are not NULL, as doubles of the same bits. */
  words(sql: string, take: (words: Float64Array) => void): Promise<void> {
    return this.#eachChunk(sql, (chunk) => take(wordsOf(chunk, 0)));
  }

  /** Chunk after chunk, the first column as doubles, the others as texts. */
  mixedColumns(
    sql: string,
    take: (chunk: { doubles: Float64Array; texts: readonly (readonly string[])[] }) => void,
  ): Promise<void> {
    return this.#eachChunk(sql, (chunk) => {
      const texts = Array.from({ length: chunk.columnCount - 1 }, (_, at) => textsOf(chunk, at + 1));
      take({ doubles: doublesOf(chunk, 0), texts });
    });
  }

  async #eachChunk(sql: string, take: (chunk: DuckDBDataChunk) => void | Promise<void>): Promise<void> {
    await this.#timed(async () => {
      const result = await this.#connection.stream(sql);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      )
        await take(chunk);
    });
  }

  #timed<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#watch.timed(this.#connection, work).catch((error: unknown) => {
      throw outOfMemory(error);
    });
  }
}

/** More than any spill seen (0.8 GB for 2 GB of CSV), and far less than a disk. */
const MOST_SPILLED = "16GB";

export async function openSession({ files, folders }: Readable, limits: SessionLimits): Promise<Session> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const text = duckDbDialect.literal;
  const settings = [
    `threads = ${limits.threads ?? availableParallelism()}`,
    `memory_limit = ${text(`${limits.memoryMegabytes}MB`)}`,
    `temp_directory = ${text(limits.spillFolder)}`,
    `max_temp_directory_size = ${text(MOST_SPILLED)}`,
    `allowed_paths = [${files.map(text).join(", ")}]`,
    `allowed_directories = [${folders.map(text).join(", ")}]`,
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "enable_external_access = false",
    "lock_configuration = true",
  ];
  await connection.run(settings.map((setting) => `SET ${setting}`).join(";"));
  return new Session(connection, new StopWatch(limits.timeoutSeconds));
}

function columnsOf<Value>(chunk: DuckDBDataChunk, read: (chunk: DuckDBDataChunk, at: number) => Value): Value[] {
  return Array.from({ length: chunk.columnCount }, (_, at) => read(chunk, at));
}
