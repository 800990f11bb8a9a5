import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Digest } from "#core/digest";
import type { Compression } from "./data-format.ts";
import { explainedReading, malformed, malformedAt } from "./malformed.ts";
import { Utf8Check } from "./utf8.ts";

const CHUNK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/** Looks at every byte of a text and throws what is wrong with it. */
export interface TextScanner {
  /** Where the reading is. */
  readonly line: number;
  push(chunk: Buffer): void;
  end(): void;
}

export interface StoredFile {
  readonly path: string;
  readonly compression: Compression;
  /** Of text, after decompression. */
  readonly maxBytes: number;
}

export interface StoredBytes {
  /** Of the file as it is stored, so of the compressed bytes of a `.csv.gz`. */
  readonly digest: Digest;
  readonly bytes: number;
}

/** Reads a file to its last byte: names the stored bytes, unpacks them and shows the text to a scanner. */
export async function readWhole(file: StoredFile, scanner?: TextScanner): Promise<StoredBytes> {
  const hash = createHash("sha256");
  let bytes = 0;
  const tapped = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const sink = scanner === undefined ? drain() : textSink(file, scanner);
  try {
    const stored = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
    if (file.compression === "none") await pipeline(stored, tapped, sink);
    else await pipeline(stored, tapped, decompressor(file.compression), sink);
  } catch (error) {
    throw explainedReading(file.path, error);
  }
  return { digest: `sha256:${hash.digest("hex")}`, bytes };
}

function decompressor(compression: "gzip" | "zstd") {
  const options = { chunkSize: CHUNK_BYTES };
  return compression === "gzip" ? createGunzip(options) : createZstdDecompress(options);
}

const drain = () => new Writable({ write: (_chunk, _encoding, done) => done() });

function textSink({ path, maxBytes }: StoredFile, scanner: TextScanner): Writable {
  const text = new Utf8Check();
  let bytes = 0;
  const check = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw malformed(path, `more than ${maxBytes} bytes of text`);
    const zero = chunk.indexOf(0);
    if (zero !== -1) {
      const line = scanner.line + newLines(chunk.subarray(0, zero));
      throw malformedAt(path, line, "a NUL byte; this is not text");
    }
    if (!text.holds(chunk)) throw malformedAt(path, badLine(chunk, scanner.line), "the text is not UTF-8");
    scanner.push(chunk);
  };
  const finish = () => {
    if (!text.ends()) throw malformedAt(path, scanner.line, "the text is not UTF-8");
    scanner.end();
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => attempt(() => check(chunk), done),
    final: (done) => attempt(finish, done),
  });
}

function attempt(action: () => void, done: (error?: Error) => void): void {
  try {
    action();
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}

/** The first line of the chunk that is not UTF-8 by itself; a character may hang over from the chunk before. */
function badLine(chunk: Buffer, firstLine: number): number {
  let line = firstLine;
  for (let start = 0; start < chunk.length; line++) {
    const end = chunk.indexOf(LINE_FEED, start);
    if (end === -1 || !new Utf8Check().holds(chunk.subarray(start, end + 1))) return line;
    start = end + 1;
  }
  return line;
}

function newLines(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
