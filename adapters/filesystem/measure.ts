import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Digest } from "#core/digest";

export interface Measure {
  readonly size: number;
  readonly digest: Digest;
}

/** Size and digest of a file's bytes, streamed; with `copy`, the same bytes are written there on the way. */
export async function measureFile(path: string, copy?: FileHandle): Promise<Measure> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    size += chunk.length;
    await copy?.writeFile(chunk);
  }
  return { size, digest: `sha256:${hash.digest("hex")}` };
}
