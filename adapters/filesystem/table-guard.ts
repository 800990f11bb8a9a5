import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { archive, type Compression } from "#core/data/collect/table-form";
import { UserError } from "#core/errors";
import type { GuardedTable, TableGuard } from "#core/ports/table-guard";
import { type ByteKind, kindOfBytes, PROBE_BYTES } from "./magic.ts";
import { explained } from "./problems.ts";

/** No table shrinks to a thousandth; gzip's own limit is 1,032. */
const MAX_RATIO = 1_000;
/** Below this the ratio says nothing. */
const HARMLESS_BYTES = 1024 * 1024;

export function tableGuard(): TableGuard {
  return {
    check: async (table) => {
      try {
        const { head, tail, size } = await endsOf(table.file);
        const isWhole = kindOfBytes(tail) === "parquet";
        refuseOtherForm(table, kindOfBytes(head), isWhole);
        if (table.format === "parquet" && !isWhole) throw damaged(table.name, "the Parquet file is cut");
        return table.compression === "none" ? size : await unpack(table, size);
      } catch (error) {
        throw explained(table.name, error);
      }
    },
  };
}

async function endsOf(path: string) {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
    const tail = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
    return { size, head: head.buffer.subarray(0, head.bytesRead), tail: tail.buffer.subarray(0, tail.bytesRead) };
  } finally {
    await file.close();
  }
}

/** @param isParquet whether the mark stands at the file's end too: a header may well begin with it */
function refuseOtherForm({ name, format, compression }: GuardedTable, head: ByteKind, isParquet: boolean): void {
  if (head === "archive") throw archive(name);
  const wanted = format === "parquet" ? "parquet" : compression === "none" ? "text" : compression;
  const found = head === "parquet" && wanted === "text" && !isParquet ? "text" : head;
  if (found !== wanted) throw mismatch(name, `its name says ${wanted} and its bytes are ${found}`);
}

/** Unpacks to the end, keeping nothing. */
async function unpack({ file, name, compression, maxBytes }: GuardedTable, size: number): Promise<number> {
  let [unpacked, isFirst] = [0, true];
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if (isFirst) refuseInside(name, chunk);
      isFirst = false;
      unpacked += chunk.length;
      if (unpacked > maxBytes) throw tooMuch(name, `more than the ${maxBytes} bytes that may be read`);
      if (unpacked > HARMLESS_BYTES && unpacked > size * MAX_RATIO) {
        throw tooMuch(name, `more than ${MAX_RATIO} times its size`);
      }
    }
  };
  try {
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), unpacker(compression), count);
  } catch (error) {
    if (error instanceof UserError || !isDamage(error)) throw error;
    throw damaged(name, `the ${compression} stream is damaged or cut`, error);
  }
  return unpacked;
}

function unpacker(compression: Compression) {
  return compression === "gzip" ? createGunzip() : createZstdDecompress();
}

function refuseInside(name: string, chunk: Buffer): void {
  const inside = kindOfBytes(chunk);
  if (inside === "archive") throw archive(name);
  if (inside === "gzip" || inside === "zstd") throw mismatch(name, `it is compressed and holds ${inside}, not text`);
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(?:Z_|ZSTD_|ERR_TRAILING_JUNK)/.test(String(error.code));
}

function mismatch(name: string, how: string): UserError {
  const hint = "Give the file the name that its bytes have, or store it as its name says.";
  return new UserError("FORMAT_MISMATCH", `"${name}": ${how}.`, hint);
}

function damaged(name: string, how: string, cause?: unknown): UserError {
  return new UserError("DATA_MALFORMED", `"${name}": ${how}.`, "Write or fetch the file again.", { cause });
}

function tooMuch(name: string, how: string): UserError {
  const hint = "A table does not unpack so; check where the file comes from, or raise limit-bytes.";
  return new UserError("TOO_LARGE", `"${name}" unpacks to ${how}.`, hint);
}
