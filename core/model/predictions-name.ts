import type { PredictionsFile } from "./candidate.ts";

const FORMAT = /(?:\.(?:csv|parquet|jsonl|ndjson))?(?:\.(?:gz|zst))?$/i;

/** A name of our own for fetched predictions: it keeps the end by which the format is known. */
export function predictionsName(stem: string, { path }: Pick<PredictionsFile, "path">): string {
  return `${stem}${FORMAT.exec(path)?.[0] ?? ""}`;
}
