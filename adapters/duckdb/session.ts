import { availableParallelism } from "node:os";
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { UserError } from "#core/errors";
import { doublesOf, textsOf } from "./vectors.ts";

export interface SessionLimits {
  readonly memoryMegabytes: number;
  /** Undefined is one per processor. */
  readonly threads?: number | undefined;
  readonly timeoutSeconds: number;
  /** Where sorts and groups spill to; an empty folder of our own. */
  readonly spillFolder: string;
}

export type Values = readonly (number | undefined)[];

/** A database in memory that can read one file, write to its spill folder and reach nothing else. */
export class Session {
  readonly #connection: DuckDBConnection;
  readonly #timeoutSeconds: number;

  constructor(connection: DuckDBConnection, timeoutSeconds: number) {
    this.#connection = connection;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** The one row of whole numbers that a statement gives. */
  async numbers(sql: string): Promise<Values> {
    const reader = await this.#timed(() => this.#connection.runAndReadAll(sql));
    return (reader.getRows()[0] ?? []).map((value) => (value === null ? undefined : Number(value)));
  }

  async texts(sql: string): Promise<readonly (readonly string[])[]> {
    const reader = await this.#timed(() => this.#connection.runAndReadAll(sql));
    return reader.getRows().map((row) => row.map((value) => (value === null ? "" : String(value))));
  }

  /** Chunk after chunk, each as one array of texts per column; a missing value is an empty text. */
  textColumns(sql: string, take: (columns: readonly (readonly string[])[]) => void | Promise<void>): Promise<void> {
    return this.#eachChunk(sql, (chunk) => take(columnsOf(chunk, textsOf)));
  }

  /** Chunk after chunk, each as one array of doubles per column. The arrays are the engine's: copy what is kept. */
  doubleColumns(sql: string, take: (columns: readonly Float64Array[]) => void | Promise<void>): Promise<void> {
    return this.#eachChunk(sql, (chunk) => take(columnsOf(chunk, doublesOf)));
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

  async #timed<Value>(work: () => Promise<Value>): Promise<Value> {
    let isLate = false;
    let again: NodeJS.Timeout | undefined;
    const interrupt = () => {
      isLate = true;
      this.#connection.interrupt();
    };
    const timer = setTimeout(() => {
      interrupt();
      // An interrupt that comes before a statement has begun, or between two chunks, is lost.
      again = setInterval(interrupt, INTERRUPT_MS);
    }, this.#timeoutSeconds * 1_000);
    try {
      const value = await work();
      if (isLate) throw tooSlow(this.#timeoutSeconds, undefined);
      return value;
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw isLate ? tooSlow(this.#timeoutSeconds, error) : outOfMemory(error);
    } finally {
      clearTimeout(timer);
      clearInterval(again);
    }
  }
}

const INTERRUPT_MS = 20;

export async function openSession(path: string, limits: SessionLimits): Promise<Session> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const text = duckDbDialect.literal;
  const settings = [
    `threads = ${limits.threads ?? availableParallelism()}`,
    `memory_limit = ${text(`${limits.memoryMegabytes}MB`)}`,
    `temp_directory = ${text(limits.spillFolder)}`,
    `allowed_paths = [${text(path)}]`,
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "enable_external_access = false",
    "lock_configuration = true",
  ];
  for (const setting of settings) await connection.run(`SET ${setting}`);
  return new Session(connection, limits.timeoutSeconds);
}

function columnsOf<Value>(chunk: DuckDBDataChunk, read: (chunk: DuckDBDataChunk, at: number) => Value): Value[] {
  return Array.from({ length: chunk.columnCount }, (_, at) => read(chunk, at));
}

function tooSlow(seconds: number, cause: unknown): UserError {
  const hint = "Check a smaller file, or allow more time.";
  return new UserError("DATA_ENGINE_TIMEOUT", `The data engine was stopped after ${seconds} seconds.`, hint, { cause });
}

function outOfMemory(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith("Out of Memory Error")) return error;
  const hint = "Allow the data engine more memory, or check the data in smaller files.";
  return new UserError("DATA_ENGINE_MEMORY", "The data engine needs more memory than it may take.", hint, {
    cause: error,
  });
}
