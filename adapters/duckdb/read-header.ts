import { createReadStream } from "node:fs";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { CsvScanner } from "./csv-scanner.ts";
import { explainedReading } from "./malformed.ts";
import type { StoredFile } from "./whole-file.ts";

/** The names in the first row. The names are ours to read: DuckDB's reader would change what it finds strange. */
export async function readHeader({ path, compression }: StoredFile): Promise<readonly string[]> {
  const scanner = new CsvScanner(path);
  const stored = createReadStream(path, { highWaterMark: 64 * 1024 });
  try {
    for await (const chunk of unpacked(stored, compression)) {
      scanner.push(chunk);
      if (scanner.header !== undefined) return scanner.header;
    }
    scanner.end();
    return scanner.header ?? [];
  } catch (error) {
    throw explainedReading(path, error);
  } finally {
    stored.destroy();
  }
}

function unpacked(stored: NodeJS.ReadableStream, compression: StoredFile["compression"]): AsyncIterable<Buffer> {
  if (compression === "none") return stored as AsyncIterable<Buffer>;
  const text = compression === "gzip" ? createGunzip() : createZstdDecompress();
  stored.on("error", (error) => text.destroy(error));
  return stored.pipe(text);
}
