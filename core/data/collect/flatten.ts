import { printExact } from "./exact-json.ts";
import type { PoisonReason } from "./poison.ts";

export type Cell = string | number | bigint | boolean | null;
/** Columns by name, sorted by code unit. */
export type Row = ReadonlyMap<string, Cell>;

export const MAX_COLUMNS = 2_000;
const MAX_DEPTH = 16;
const MAX_NAME = 200;
const CONTROL = /\p{Cc}/u;

/**
 * One flat row of a JSON value: nested objects become columns joined by dots (`customer.country`), lists become JSON
 * text, an empty object becomes `{}`. The order of fields in the message does not matter.
 */
export function flatten(value: unknown): Row | PoisonReason {
  if (!isObject(value)) return "NOT_AN_OBJECT";
  const cells = new Map<string, Cell>();
  const problem = spread({ cells, prefix: "", depth: 1 }, value);
  if (problem !== undefined) return problem;
  return new Map([...cells].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Spread {
  readonly cells: Map<string, Cell>;
  readonly prefix: string;
  readonly depth: number;
}

function spread(at: Spread, object: object): PoisonReason | undefined {
  if (at.depth > MAX_DEPTH) return "TOO_DEEP";
  for (const [name, value] of Object.entries(object)) {
    const column = `${at.prefix}${name}`;
    if (!isColumnName(name, column)) return "BAD_COLUMN_NAME";
    const problem =
      isObject(value) && !isEmpty(value)
        ? spread({ cells: at.cells, prefix: `${column}.`, depth: at.depth + 1 }, value)
        : place(at, column, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function place({ cells, depth }: Spread, column: string, value: unknown): PoisonReason | undefined {
  if (cells.has(column)) return "COLUMN_CLASH";
  if (cells.size === MAX_COLUMNS) return "TOO_WIDE";
  if (isDeeperThan(value, MAX_DEPTH - depth + 1)) return "TOO_DEEP";
  cells.set(column, cellOf(value));
  return undefined;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean" || typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return printExact(value);
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeperThan(each, depth - 1));
}

function isColumnName(name: string, column: string): boolean {
  return name.length > 0 && column.length <= MAX_NAME && name.isWellFormed() && !CONTROL.test(name);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
