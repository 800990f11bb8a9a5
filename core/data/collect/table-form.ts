import { UserError } from "../../errors.ts";

export const FILE_FORMATS = ["csv", "json-lines", "parquet"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export type Compression = "none" | "gzip" | "zstd";

/** How a table lies in a file. */
export interface TableForm {
  readonly format: FileFormat;
  readonly compression: Compression;
}

export const SUFFIXES: Readonly<Record<FileFormat, string>> = {
  csv: ".csv",
  "json-lines": ".jsonl",
  parquet: ".parquet",
};

const NAMES: readonly (readonly [end: string, format: FileFormat])[] = [
  [".csv", "csv"],
  [".jsonl", "json-lines"],
  [".ndjson", "json-lines"],
  [".parquet", "parquet"],
];

const COMPRESSIONS: readonly (readonly [end: string, compression: Compression])[] = [
  [".gz", "gzip"],
  [".zst", "zstd"],
];

const ARCHIVE = /\.(?:zip|tar|tgz|tbz2?|txz|7z|rar|tar\.\w+)$/;

/** The end of a name that says the form. */
export function suffixOf({ format, compression }: TableForm): string {
  const packed = COMPRESSIONS.find(([, each]) => each === compression)?.[0] ?? "";
  return SUFFIXES[format] + packed;
}

export interface NamedTable extends TableForm {
  /** The name with an end that says the form. */
  readonly path: string;
}

/**
 * What a file's name says of its form; `given` stands in where the name does not say.
 * @throws UserError ARCHIVE_REFUSED, FORMAT_UNKNOWN, FORMAT_MISMATCH
 */
export function tableForm(path: string, given: FileFormat | undefined): NamedTable {
  const name = path.toLowerCase();
  if (ARCHIVE.test(name)) throw archive(path);
  const [end, compression] = COMPRESSIONS.find(([each]) => name.endsWith(each)) ?? ["", "none" as const];
  const plain = name.slice(0, name.length - end.length);
  const format = NAMES.find(([each]) => plain.endsWith(each))?.[1];
  if (format !== undefined && given !== undefined && format !== given) throw mismatch(path, given);
  if (format === "parquet" && compression !== "none") throw packedParquet(path);
  if (format !== undefined) return { path, format, compression };
  if (given === undefined || (given === "parquet" && compression !== "none")) throw unknown(path);
  const form = { format: given, compression };
  return { path: path.slice(0, plain.length) + suffixOf(form), ...form };
}

export function archive(path: string): UserError {
  return new UserError(
    "ARCHIVE_REFUSED",
    `"${path}" is an archive; tables are collected, not archives.`,
    "Unpack it where it comes from and name the tables themselves.",
  );
}

function mismatch(path: string, given: FileFormat): UserError {
  return new UserError(
    "FORMAT_MISMATCH",
    `The name of "${path}" does not say ${given}, which the format is given as.`,
    "Leave the format out, or name files of that format.",
  );
}

function packedParquet(path: string): UserError {
  const hint = "Store it as plain .parquet; the format compresses its columns by itself.";
  return new UserError("FORMAT_UNKNOWN", `"${path}" is a Parquet file compressed once more.`, hint);
}

function unknown(path: string): UserError {
  return new UserError(
    "FORMAT_UNKNOWN",
    `The name of "${path}" does not say what kind of table it is.`,
    "Names end in .csv, .jsonl, .ndjson (each also .gz or .zst) or .parquet; or give the format.",
  );
}
