/** Whether the reader for CSV can take a file of that name: no other format, and plain or gzipped. */
export function isCsv(path: string): boolean {
  return !/\.(?:(?:parquet|jsonl|ndjson)(?:\.gz|\.zst)?|zst)$/i.test(path);
}
