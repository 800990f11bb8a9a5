import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import type { ObjectStore } from "#core/ports/object-store";
import { writeAtomically } from "./atomic-file.ts";
import { measureFile } from "./measure.ts";
import { explained } from "./problems.ts";

/** Keeps objects as `sha256/<hex>` below a folder. An object that lost its bytes is told at `get` and mended by `put`. */
export function folderStore(folder: string): ObjectStore {
  const placeOf = (digest: Digest): string => {
    const hex = Digest.parse(digest).slice("sha256:".length);
    return join(folder, "sha256", hex);
  };
  return {
    has: async (digest) => isFile(placeOf(digest)),
    put: (digest, file) => put(placeOf(digest), digest, file),
    get: (digest, file) => get(placeOf(digest), digest, file),
    description: `the folder ${folder}`,
  };
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function put(place: string, digest: Digest, file: string): Promise<void> {
  if ((await isFile(place)) && (await measureFile(place)).digest === digest) return;
  try {
    await writeAtomically(place, async (copy) => {
      const measured = await measureFile(file, copy);
      if (measured.digest !== digest) throw changed(digest, file, measured.digest);
    });
  } catch (error) {
    throw explained(file, error);
  }
}

function changed(digest: Digest, file: string, found: Digest): UserError {
  return new UserError(
    "STORE_REFUSED",
    `The file "${file}" was to be stored as ${digest} but its bytes are ${found}.`,
    "Something changed the file after it was measured; run the step that writes it again.",
  );
}

async function get(place: string, digest: Digest, file: string): Promise<void> {
  if (!(await isFile(place))) {
    throw new UserError("OBJECT_MISSING", `No object ${digest} in the store.`, "Check that the candidate was stored.");
  }
  try {
    await writeAtomically(file, async (copy) => {
      const measured = await measureFile(place, copy);
      if (measured.digest !== digest) throw corrupt(digest, measured.digest);
    });
  } catch (error) {
    throw explained(file, error);
  }
}

function corrupt(digest: Digest, found: Digest): UserError {
  return new UserError(
    "OBJECT_CORRUPT",
    `The store's object ${digest} now has the bytes ${found}.`,
    "Store the file again; the damaged object is then replaced.",
  );
}
