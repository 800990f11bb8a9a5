import type { Relation } from "#core/data/sql/relation";
import type { Session } from "./session.ts";
import type { StoredBytes } from "./whole-file.ts";

/** A file that is being read: how DuckDB names it, and what the reading of its bytes says in the end. */
export interface Table {
  /** As the user names the file. */
  readonly path: string;
  readonly columns: readonly string[];
  /** Text is parsed anew by every question. */
  readonly rereading: "cheap" | "costly";
  /**
   * Asks the file something. The answer is given only once every byte is known to be well-formed and DuckDB read as
   * many rows as the file has.
   */
  ask<Answer>(question: (relation: Relation) => Promise<Answer>): Promise<Answer>;
  stored(): Promise<StoredBytes & { readonly rows: number }>;
  /** The lines of rows that count from 1; the header is line 1. */
  linesOf(rows: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

export interface TableFile {
  /** As the user names the file. */
  readonly path: string;
  /** As DuckDB may name it: absolute, and without characters that match other names. */
  readonly readPath: string;
  readonly maxBytes: number;
  readonly session: Session;
}
