import { UserError } from "#core/errors";

export function malformed(source: string, reason: string, cause?: unknown): UserError {
  return new UserError(
    "DATA_MALFORMED",
    `${source}: ${reason}.`,
    "Tidemark reads UTF-8 CSV with a header, commas between values and double quotes around values that need them.",
    { cause },
  );
}

export function malformedAt(source: string, line: number, reason: string): UserError {
  return malformed(`${source} line ${line}`, reason);
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; a quote inside a quoted value is written twice ("")',
  INVALID_OPENING_QUOTE: "a quote stands inside a value that is not quoted",
  CSV_MAX_RECORD_SIZE: "the row is too long; is a quote left open?",
};

const GZIP_CODES = new Set(["Z_BUF_ERROR", "Z_DATA_ERROR", "ERR_TRAILING_JUNK_AFTER_STREAM_END"]);

/** Translates what the reader, the decompressor or the parser threw while row `line` was being read. */
export function explained(source: string, line: number, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return missing(source, error);
  if (code === "EISDIR") return malformed(source, "is a folder, not a file", error);
  if (GZIP_CODES.has(code)) return malformed(source, `the gzip stream is damaged or cut (${error.message})`, error);
  if (code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH")
    return malformed(`${source} line ${line}`, raggedRow(error), error);
  const reason = REASONS[code];
  return reason === undefined ? error : malformed(`${source} line ${line}`, reason, error);
}

function missing(source: string, cause: unknown): UserError {
  return new UserError(
    "DATA_MISSING",
    `The data file "${source}" does not exist.`,
    "Check the path in the configuration.",
    {
      cause,
    },
  );
}

function raggedRow(error: Error): string {
  const counts = /expect (\d+), got (\d+)/.exec(error.message);
  return counts === null
    ? "the row has another number of values than the header"
    : `the row has ${counts[2]} values and the header has ${counts[1]}`;
}
