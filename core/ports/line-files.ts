import type { Digest } from "../digest.ts";

export interface LineWriter {
  /** Adds the line and a line feed; waits while the disk is slower than we are. */
  write(line: string): Promise<void>;
  /** Flushes. Size and digest are those of the bytes written. */
  close(): Promise<{ readonly size: number; readonly digest: Digest }>;
}

/** UTF-8 text files of a scratch folder, written and read line by line in bounded memory. Paths are relative to it. */
export interface LineFiles {
  /** Starts the file anew. @throws UserError FILE_REFUSED, DISK_FULL */
  open(path: string): Promise<LineWriter>;
  /** The lines without their line feeds. @throws UserError FILE_MISSING */
  lines(path: string): AsyncIterable<string>;
  /** Where the file lies on this machine, for uploads. */
  locate(path: string): string;
  /** Removes the file; nothing when there is none. */
  remove(path: string): Promise<void>;
}
