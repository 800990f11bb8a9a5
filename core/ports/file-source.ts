import type { Upstream } from "../data/collect/dataset-record.ts";
import type { Digest } from "../digest.ts";

export interface CopiedFile {
  readonly size: number;
  readonly digest: Digest;
}

/** Something that holds whole files: a folder, a web server, a bucket. */
export interface FileSource {
  /**
   * What is there now, each by the name under which `copy` has it, sorted by code unit.
   * @throws UserError SOURCE_EMPTY when nothing is, and when one of several sources has nothing
   */
  list(): Promise<readonly string[]>;
  /**
   * Reads a file once and writes what it read to a file of this machine; size and digest are of those bytes. On an
   * error no file stays. @throws UserError SOURCE_CHANGED, SOURCE_MISSING, SOURCE_REFUSED, SOURCE_UNAVAILABLE, TOO_LARGE
   */
  copy(name: string, file: string, maxBytes: number): Promise<CopiedFile>;
  /** What another tool says the files are; `copy` has then checked them against it. */
  readonly upstream?: Upstream;
  readonly description: string;
}
