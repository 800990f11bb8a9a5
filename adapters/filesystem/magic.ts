/** As far as the tape archive's mark, the farthest of them. */
export const PROBE_BYTES = 512;

export type ByteKind = "text" | "gzip" | "zstd" | "parquet" | "archive";

// From the formats' own descriptions: RFC 1952, RFC 8878, Parquet, APPNOTE.TXT (whole, empty and spanned), 7zFormat,
// RAR, bzip2, xz, POSIX pax.
const MARKS: readonly (readonly [at: number, mark: string, kind: ByteKind])[] = [
  [0, "\x1f\x8b", "gzip"],
  [0, "\x28\xb5\x2f\xfd", "zstd"],
  [0, "PAR1", "parquet"],
  [0, "PK\x03\x04", "archive"],
  [0, "PK\x05\x06", "archive"],
  [0, "PK\x07\x08", "archive"],
  [0, "7z\xbc\xaf\x27\x1c", "archive"],
  [0, "Rar!\x1a\x07", "archive"],
  [4, "1AY&SY", "archive"],
  [0, "\xfd7zXZ\x00", "archive"],
  [257, "ustar\x00", "archive"],
  [257, "ustar  \x00", "archive"],
];

/** What a file's first bytes say it is; text is all that none of the marks fits. */
export function kindOfBytes(head: Uint8Array): ByteKind {
  const text = Buffer.from(head.subarray(0, PROBE_BYTES)).toString("latin1");
  return MARKS.find(([at, mark]) => text.startsWith(mark, at))?.[2] ?? "text";
}
