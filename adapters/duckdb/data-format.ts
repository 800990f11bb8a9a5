export type Compression = "none" | "gzip" | "zstd";

export interface DataFormat {
  readonly kind: "csv" | "parquet" | "json-lines";
  readonly compression: Compression;
}

const COMPRESSIONS: readonly (readonly [suffix: string, compression: Compression])[] = [
  [".gz", "gzip"],
  [".zst", "zstd"],
];

/** By the name's end alone; what is no Parquet and no JSON Lines is read as CSV, and refused when it is none. */
export function dataFormat(path: string): DataFormat {
  const name = path.toLowerCase();
  const [suffix, compression] = COMPRESSIONS.find(([end]) => name.endsWith(end)) ?? ["", "none" as const];
  const plain = name.slice(0, name.length - suffix.length);
  if (plain.endsWith(".parquet")) return { kind: "parquet", compression: "none" };
  if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) return { kind: "json-lines", compression };
  return { kind: "csv", compression };
}
