import { UserError } from "#core/errors";

const HINT =
  "Tidemark reads UTF-8 CSV with a header, commas between values and double quotes around values that need them; Parquet; and JSON Lines of objects.";

export function malformed(place: string, reason: string, cause?: unknown): UserError {
  return new UserError("DATA_MALFORMED", `${place}: ${reason}.`, HINT, { cause });
}

export function malformedAt(source: string, line: number, reason: string): UserError {
  return malformed(`${source} line ${line}`, reason);
}

export function empty(source: string, found: string): UserError {
  const hint = "Nothing can be judged without rows; check the step that writes the file.";
  return new UserError("DATA_EMPTY", `The data file "${source}" ${found}.`, hint);
}

const DAMAGED = new Set(["Z_BUF_ERROR", "Z_DATA_ERROR", "ERR_TRAILING_JUNK_AFTER_STREAM_END"]);

/** Translates what reading a file's bytes threw. */
export function explainedReading(source: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return missing(source, error);
  if (code === "EISDIR") return malformed(source, "is a folder, not a file", error);
  const compression = source.endsWith(".zst") ? "zstd" : "gzip";
  if (DAMAGED.has(code) || code.startsWith("ZSTD_"))
    return malformed(source, `the ${compression} stream is damaged or cut (${error.message})`, error);
  return error;
}

function missing(source: string, cause: unknown): UserError {
  const hint = "Check the path in the configuration.";
  return new UserError("DATA_MISSING", `The data file "${source}" does not exist.`, hint, { cause });
}
