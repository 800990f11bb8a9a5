import { parseExact, printExact } from "./exact-json.ts";
import type { Cell, Row } from "./flatten.ts";

export const TABLE_FORMATS = ["csv", "json-lines"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A row as one JSON object, its columns in the row's order; a column the message did not have is left out. */
export function jsonLine(row: Row): string {
  return `{${[...row].map(([column, cell]) => `${JSON.stringify(column)}:${printExact(cell)}`).join(",")}}`;
}

/** The row of a `jsonLine`. */
export function readJsonLine(line: string): Row {
  return new Map(Object.entries(parseExact(line) as Record<string, Cell>));
}

/** RFC 4180 with LF: a missing column and null are an empty cell, an empty text is `""`. */
export function csvLine(row: Row, columns: readonly string[]): string {
  // A single empty cell would be an empty line, which readers skip.
  if (columns.length === 1 && (row.get(columns[0] ?? "") ?? null) === null) return '""';
  return columns.map((column) => csvCell(row.get(column) ?? null)).join(",");
}

export function csvHeader(columns: readonly string[]): string {
  return columns.map(csvText).join(",");
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "string" ? csvText(cell) : String(cell);
}

function csvText(text: string): string {
  return text === "" || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
