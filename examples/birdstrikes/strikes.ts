import { parse } from "csv-parse/sync";

/** One reported strike as prepared by prepare.ts. CSV has no types: every field is text, and "" is missing. */
export interface Strike {
  readonly id: string;
  readonly flight_date: string;
  readonly airport: string;
  readonly aircraft_model: string;
  readonly operator: string;
  readonly state: string;
  readonly phase: string;
  readonly wildlife_size: string;
  readonly species: string;
  readonly time_of_day: string;
  readonly speed: string;
  readonly damage: string;
}

export const COLUMNS: readonly (keyof Strike)[] = [
  "id",
  "flight_date",
  "airport",
  "aircraft_model",
  "operator",
  "state",
  "phase",
  "wildlife_size",
  "species",
  "time_of_day",
  "speed",
  "damage",
];

/** Reads a prepared CSV file. Throws when a column is missing, so a wrong file never trains a model. */
export function readStrikes(csv: string): Strike[] {
  const rows = parse<Strike>(csv, { columns: true, bom: true });
  const present = Object.keys(rows[0] ?? {});
  const missing = COLUMNS.filter((column) => !present.includes(column));
  if (missing.length > 0) throw new Error(`The data has no rows or lacks the columns ${missing.join(", ")}.`);
  return rows;
}

/** Whether the strike damaged the aircraft: 0 or 1. */
export function labels(rows: readonly Strike[]): number[] {
  return rows.map((row) => Number(row.damage));
}

/** Writes a CSV file; fields that need quotes get them. */
export function writeCsv<Row extends object>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): string {
  const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => quote(String(row[column]))).join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
