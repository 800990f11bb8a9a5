import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { LineFiles, LineWriter } from "#core/ports/line-files";
import { placeOf, safePlaceOf } from "./place.ts";
import { explained } from "./problems.ts";

const CHUNK_CHARACTERS = 256 * 1024;

/** Text files below a scratch folder of this machine. */
export function lineFiles(root: string): LineFiles {
  return {
    open: async (path) => {
      try {
        await mkdir(root, { recursive: true });
        const place = await safePlaceOf(root, path);
        await mkdir(dirname(place), { recursive: true });
        return writerOf(await open(place, "w", 0o600), path);
      } catch (error) {
        throw explained(path, error);
      }
    },
    lines: (path) => linesOf(root, path),
    locate: (path) => placeOf(root, path),
    remove: async (path) => rm(await safePlaceOf(root, path), { force: true }),
  };
}

function writerOf(file: FileHandle, path: string): LineWriter {
  const hash = createHash("sha256");
  let waiting = "";
  let size = 0;
  const flush = async () => {
    const bytes = Buffer.from(waiting);
    waiting = "";
    hash.update(bytes);
    size += bytes.length;
    await file.writeFile(bytes).catch((error: unknown) => Promise.reject(explained(path, error)));
  };
  return {
    write: async (line) => {
      waiting += `${line}\n`;
      if (waiting.length >= CHUNK_CHARACTERS) await flush();
    },
    close: async () => {
      try {
        await flush();
        await file.sync();
      } finally {
        await file.close();
      }
      return { size, digest: `sha256:${hash.digest("hex")}` };
    },
  };
}

/** Node's own line reader also splits at CR and U+2028, which a value may hold; a line of ours ends with LF alone. */
async function* linesOf(root: string, path: string): AsyncIterable<string> {
  const file = await open(await safePlaceOf(root, path)).catch((error: unknown) => {
    throw explained(path, error);
  });
  let rest = "";
  for await (const chunk of file.createReadStream({ encoding: "utf8", highWaterMark: CHUNK_CHARACTERS })) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
