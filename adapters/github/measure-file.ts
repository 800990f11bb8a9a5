import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Digest } from "#core/digest";
import { UserError } from "#core/errors";

/** Size and digest of a file's bytes, streamed. */
export async function measureFile(path: string): Promise<{ readonly size: number; readonly digest: Digest }> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw new UserError("FILE_MISSING", `The file "${path}" cannot be read.`, "Check the path.", { cause: error });
  }
  return { size, digest: `sha256:${hash.digest("hex")}` };
}
