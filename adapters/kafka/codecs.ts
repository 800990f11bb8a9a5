import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { unpackLz4 } from "./lz4.ts";
import { unpackSnappy } from "./snappy.ts";
import { corrupt, MAX_UNPACKED_BYTES } from "./unpacked.ts";

type Kafkajs = Pick<typeof import("kafkajs"), "CompressionCodecs" | "CompressionTypes">;

/** kafkajs brings gzip alone, while producers mostly use the others. */
export function addCodecs({ CompressionCodecs, CompressionTypes }: Kafkajs): void {
  const unzstd = promisify(zstdDecompress);
  const codec = (decompress: (bytes: Buffer) => Promise<Buffer>) => () => ({ compress: neverCompress, decompress });
  Object.assign(CompressionCodecs, {
    [CompressionTypes.Snappy]: codec(async (bytes) => unpackSnappy(bytes)),
    [CompressionTypes.LZ4]: codec(async (bytes) => unpackLz4(bytes)),
    [CompressionTypes.ZSTD]: codec((bytes) =>
      unzstd(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).catch((error: Error) => {
        throw corrupt(`a zstd batch cannot be unpacked: ${error.message}`);
      }),
    ),
  });
}

function neverCompress(): never {
  throw new Error("the collector only reads");
}
