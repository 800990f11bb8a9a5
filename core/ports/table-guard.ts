import type { TableForm } from "../data/collect/table-form.ts";

export interface GuardedTable extends TableForm {
  /** Where the file lies on this machine. */
  readonly file: string;
  /** What people call it. */
  readonly name: string;
  /** Of the table's text, after decompression. */
  readonly maxBytes: number;
}

/** Looks at a file's bytes before any parser does. */
export interface TableGuard {
  /**
   * Compressed files are unpacked to their end, and nothing of that is kept.
   * @returns how many bytes the table has after decompression
   * @throws UserError ARCHIVE_REFUSED; FORMAT_MISMATCH when the bytes are of another form than the name says;
   * DATA_MALFORMED when they are damaged or cut; TOO_LARGE for more text than allowed, or 1,000 times the file's size
   */
  check(table: GuardedTable): Promise<number>;
}
