import type { Column } from "./column.ts";

export interface InferOptions {
  /** Names the dataset, such as `birdstrikes`. */
  readonly id: string;
  readonly rows: number;
}

// Up to this many values a column of words is read as a choice of them.
const MOST_ENUM_VALUES = 100;
// A choice is learned from repetition: each value at least this often on average.
const ROWS_PER_ENUM_VALUE = 5;
// Tomorrow's data is a little wider than today's: a tenth of the range on either side.
const SLACK = 0.1;

/**
 * A first contract that the data it was made from keeps: types over all rows, ranges with slack, choices, keys, and how
 * much may be missing. A person edits it from there. In the form of the Open Data Contract Standard v3.1.
 */
export function inferContract(
  columns: readonly Column[],
  { id, rows }: InferOptions,
): Readonly<Record<string, unknown>> {
  return {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id,
    version: "1.0.0",
    status: "draft",
    schema: [
      {
        name: id,
        logicalType: "object",
        quality: [{ metric: "rowCount", mustBeGreaterOrEqualTo: Math.max(1, Math.floor(rows * (1 - 5 * SLACK))) }],
        properties: columns.map((column) => inferProperty(column, rows)),
      },
    ],
  };
}

type Entry = Readonly<Record<string, unknown>>;

function inferProperty(column: Column, rows: number): Entry {
  const missing = missingRows(column);
  return {
    name: column.name,
    ...(column.kind === "numeric" ? numericEntry(column.values) : categoricalEntry(column.counts)),
    required: missing === 0,
    ...keyEntry(column, rows),
    ...qualityEntry(column, { rows, missing }),
  };
}

function missingRows(column: Column): number {
  if (column.kind === "categorical") return column.missing;
  return column.values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0);
}

function numericEntry(values: Float64Array): Entry {
  const present = values.filter((value) => !Number.isNaN(value));
  const whole = present.every(Number.isInteger);
  if (present.length === 0) return { logicalType: "number" };
  const low = present.reduce((least, value) => Math.min(least, value));
  const high = present.reduce((most, value) => Math.max(most, value));
  const slack = SLACK * (high - low);
  // What has never been negative, such as a count or a price, is not expected to become so.
  const minimum = low >= 0 ? Math.max(0, low - slack) : low - slack;
  const bounds = { minimum, maximum: high + slack };
  return {
    logicalType: whole ? "integer" : "number",
    logicalTypeOptions: whole
      ? { minimum: Math.floor(bounds.minimum), maximum: Math.ceil(bounds.maximum) }
      : { minimum: rounded(bounds.minimum, Math.floor), maximum: rounded(bounds.maximum, Math.ceil) },
  };
}

/** Six significant digits, rounded away from the data. */
function rounded(value: number, away: (value: number) => number): number {
  if (value === 0) return 0;
  // Nine decimals are enough for the tiniest, whose own scale would overflow.
  const scale = 10 ** Math.min(9, 5 - Math.floor(Math.log10(Math.abs(value))));
  return away(value * scale) / scale;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

function categoricalEntry(counts: ReadonlyMap<string, number>): Entry {
  const values = [...counts.keys()];
  if (values.length > 0 && values.every((value) => ISO_DATE.test(value))) return { logicalType: "date" };
  if (values.length > 0 && values.every((value) => ISO_TIME.test(value))) return { logicalType: "timestamp" };
  if (values.length > 0 && values.every((value) => /^(true|false)$/i.test(value))) return { logicalType: "boolean" };
  return { logicalType: "string" };
}

/** A column without gaps and without repetition is unique. */
function keyEntry(column: Column, rows: number): Entry {
  if (missingRows(column) > 0 || rows < 2) return {};
  const distinct = column.kind === "numeric" ? new Set(column.values).size : column.counts.size;
  const isWhole = column.kind === "categorical" || column.values.every(Number.isInteger);
  return distinct === rows && isWhole ? { unique: true } : {};
}

function qualityEntry(column: Column, { rows, missing }: { rows: number; missing: number }): Entry {
  const quality = [...missingQuality(rows, missing), ...choiceQuality(column, rows)];
  return quality.length === 0 ? {} : { quality };
}

function missingQuality(rows: number, missing: number): Entry[] {
  if (missing === 0) return [];
  const percent = Math.min(100, Math.ceil((100 * missing * (1 + 2 * SLACK)) / rows));
  return [{ metric: "nullValues", unit: "percent", mustBeLessOrEqualTo: percent, severity: "warning" }];
}

function choiceQuality(column: Column, rows: number): Entry[] {
  if (column.kind === "numeric" || categoricalEntry(column.counts)["logicalType"] !== "string") return [];
  const values = [...column.counts.keys()].sort();
  if (values.length === 0 || values.length > MOST_ENUM_VALUES || values.length * ROWS_PER_ENUM_VALUE > rows) return [];
  return [{ metric: "invalidValues", arguments: { validValues: values }, mustBe: 0 }];
}
