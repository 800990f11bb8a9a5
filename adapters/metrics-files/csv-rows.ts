import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { malformed } from "./malformed.ts";

const MAX_ROWS = 100_000;

/** Every row of a text, all as long as the first; a byte order mark and empty lines are passed over. */
export function csvRows(text: string, source: string): readonly (readonly string[])[] {
  const rows = parsed(text, source);
  const [header] = rows;
  if (header === undefined) throw malformed(source, "the file is empty");
  const repeated = header.find((name, at) => name.trim() !== "" && header.indexOf(name) !== at);
  if (repeated !== undefined) throw malformed(`${source} line 1`, `two columns are named ${JSON.stringify(repeated)}`);
  return rows;
}

function parsed(text: string, source: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), to: MAX_ROWS, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = "lines" in error ? ` line ${String(error["lines"])}` : "";
    throw malformed(`${source}${line}`, error.message.replace(/\.$/, ""), error);
  }
}

/** Spreadsheets of half the world write semicolons. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split("\n", 1);
  if (header.includes("\t")) return "\t";
  return header.includes(";") && !header.includes(",") ? ";" : ",";
}
