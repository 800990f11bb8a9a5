import type { Digest } from "../digest.ts";
import type { ModelFile } from "../model/model-files.ts";

/** Files of one folder. Paths are relative to it, with forward slashes, and cannot leave it. */
export interface Files {
  /** @throws UserError FILE_MISSING, FILE_TOO_LARGE, FILE_NOT_UTF8 */
  readText(path: string, maxBytes?: number): Promise<string>;
  /** Whether there is a regular file. */
  exists(path: string): Promise<boolean>;
  /** Writes to a temporary name, flushes, then renames: a reader sees the old file or the new one, never half. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Size and digest of the bytes, streamed. @throws UserError FILE_MISSING */
  measure(path: string): Promise<{ readonly size: number; readonly digest: Digest }>;
  /** Regular files below a folder, sorted by path, none when there is no folder; a link or device is refused. */
  list(folder: string): Promise<readonly ModelFile[]>;
  remove(path: string): Promise<void>;
  /** Removes a folder and everything in it; nothing when there is none. */
  removeFolder(folder: string): Promise<void>;
  /** Makes a folder and those above it; nothing when it is there. */
  makeFolder(folder: string): Promise<void>;
  /** Where a path lies on this machine, for commands and uploads. */
  locate(path: string): string;
}
