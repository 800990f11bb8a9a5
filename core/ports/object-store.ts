import type { Digest } from "../digest.ts";

/** Keeps bytes under their digest, for ever. Putting the same bytes twice is one object. */
export interface ObjectStore {
  has(digest: Digest): Promise<boolean>;
  /** Uploads a file of this machine. @throws UserError STORE_REFUSED */
  put(digest: Digest, file: string): Promise<void>;
  /** Downloads to a file of this machine, re-hashing on the way; a mismatch leaves no file. @throws UserError OBJECT_MISSING, OBJECT_CORRUPT */
  get(digest: Digest, file: string): Promise<void>;
  /** For people: where the objects are. */
  readonly description: string;
}
