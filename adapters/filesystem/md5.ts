import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Md5 } from "#core/ports/md5";

export const md5: Md5 = {
  ofText: (text) => createHash("md5").update(text).digest("hex"),
  ofFile: async (file) => {
    const [exact, unix] = [createHash("md5"), createHash("md5")];
    let pending = false;
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      exact.update(chunk);
      pending = addUnix(unix, chunk, pending);
    }
    if (pending) unix.update("\r");
    return { exact: exact.digest("hex"), unixLines: unix.digest("hex") };
  },
};

/** Adds the chunk with every CR LF as LF. @returns whether a CR at its end waits for what comes */
function addUnix(hash: Hash, chunk: Buffer, pending: boolean): boolean {
  if (pending && chunk[0] !== 0x0a) hash.update("\r");
  const ends = chunk.at(-1) === 0x0d;
  const text = chunk.toString("latin1", 0, chunk.length - (ends ? 1 : 0)).replaceAll("\r\n", "\n");
  hash.update(text, "latin1");
  return ends;
}
