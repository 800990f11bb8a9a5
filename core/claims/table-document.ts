import { claimedNumber } from "./claimed-number.ts";
import { wordsOf } from "./key-words.ts";

type Row = readonly string[];

const NAMES = new Set(["metric", "name", "key", "measure", "metricname", "metrics"]);
const VALUES = new Set(["value", "score", "result", "metricvalue"]);

const isNumber = (cell = ""): boolean => claimedNumber(cell) !== undefined;
const squashed = (text = ""): string => wordsOf(text).join("");

/**
 * A table as a document: metrics down (name, value), or across with one row each for a model, a class or an epoch.
 * The first row holds the columns' names, except in two columns of names and numbers.
 */
export function tableDocument(rows: readonly Row[]): unknown {
  const trimmed = rows.map((row) => row.map((cell) => cell.trim()));
  const [header = [], ...body] = trimmed;
  if (header.length === 2 && trimmed.every(([name, value]) => !isNumber(name) && isNumber(value)))
    return trimmed.map(([name = "", value]) => ({ name, value }));
  if (isLong(header)) return longRecords(header, body);
  // pandas writes its index into a column without a name: row labels when they are text, row numbers when not.
  const columns = header.map((name, at) => (at === 0 && name === "" ? indexColumn(body) : name));
  return body.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? ""])));
}

const indexColumn = (body: readonly Row[]): string => (body.every(([first]) => isNumber(first)) ? "id" : "name");

/** The first column is headed "metric", or "name" beside a column of values. */
function isLong(header: Row): boolean {
  const [first, ...rest] = header.map(squashed);
  if (first === "metric" || first === "metrics" || first === "measure") return true;
  return NAMES.has(first ?? "") && rest.some((name) => VALUES.has(name));
}

/** metric, value or metric, train, test: each number by its metric and its column. */
function longRecords(header: Row, body: readonly Row[]): unknown {
  const named = body.filter(([name = ""]) => name !== "");
  return Object.fromEntries(
    named.map(([name = "", ...cells]) => [
      name,
      Object.fromEntries(cells.map((cell, at) => [header[at + 1] ?? "", cell])),
    ]),
  );
}
