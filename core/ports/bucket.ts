import type { Digest } from "../digest.ts";

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: string;
}

/** Objects of one bucket below one prefix; keys are relative to it. */
export interface Bucket {
  /** Every object below the prefix, all pages, in the order of their keys. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /**
   * Streams an object to a file of this machine. Bytes that end early, or whose length is not the one announced, leave
   * no file. @throws UserError OBJECT_MISSING, OBJECT_CORRUPT, STORE_REFUSED, STORE_UNAVAILABLE
   */
  get(key: string, file: string): Promise<{ readonly size: number; readonly digest: Digest }>;
  /** Streams a file up, in parts when it is large. With `once` an object that is there is left alone: "exists". */
  put(key: string, file: string, mode: "once" | "replace"): Promise<"stored" | "exists">;
  readonly description: string;
}
