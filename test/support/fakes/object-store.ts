import { readFile, writeFile } from "node:fs/promises";
import { type Digest, digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import type { ObjectStore } from "#core/ports/object-store";

export interface MemoryStore extends ObjectStore {
  readonly objects: Map<Digest, Uint8Array>;
}

export function memoryStore(): MemoryStore {
  const objects = new Map<Digest, Uint8Array>();
  return {
    objects,
    description: "memory",
    has: async (digest) => objects.has(digest),
    put: async (digest, file) => {
      const bytes = await readFile(file);
      if (digestOf(bytes) !== digest)
        throw new UserError("STORE_REFUSED", `The bytes are not ${digest}.`, "Write them again.");
      objects.set(digest, bytes);
    },
    get: async (digest, file) => {
      const bytes = objects.get(digest);
      if (bytes === undefined) throw new UserError("OBJECT_MISSING", `No object ${digest}.`, "Store it first.");
      if (digestOf(bytes) !== digest)
        throw new UserError("OBJECT_CORRUPT", `The object ${digest} changed.`, "Store it again.");
      await writeFile(file, bytes);
    },
  };
}
