import type { ColumnType } from "./check.ts";
import type { CategoricalColumn } from "./column.ts";
import type { SortedColumn } from "./drift/sorted-column.ts";
import { distinctOf } from "./profile/profile-of.ts";

export interface InferOptions {
  /** Names the dataset, such as `birdstrikes`. */
  readonly id: string;
  readonly rows: number;
}

// Up to this many values a column of words is read as a choice of them.
const MOST_ENUM_VALUES = 100;
// A choice is learned from repetition: each value at least this often on average.
const ROWS_PER_ENUM_VALUE = 5;
// A longer value is text, not a choice.
const LONGEST_CHOICE = 200;
// Tomorrow's data is a little wider than today's: a tenth of the range on either side.
const SLACK = 0.1;

/** One property of a contract, as its YAML. */
export type PropertyDraft = Readonly<Record<string, unknown>>;

/**
 * A first contract that the data it was made from keeps: types over all rows, ranges with slack, choices, keys, and how
 * much may be missing. A person edits it from there. In the form of the Open Data Contract Standard v3.1.
 */
export function inferContract(
  properties: readonly PropertyDraft[],
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
        properties,
      },
    ],
  };
}

export interface DraftOptions {
  /** The narrowest type that every value of the column is of; see the check `type`. */
  readonly type: ColumnType;
  /** Values of fewer rows are not told, and a choice that has one is not drafted; Infinity tells no value at all. */
  readonly smallestGroup: number;
  readonly isPersonal: boolean;
}

export function numericDraft(column: SortedColumn, { type, smallestGroup, isPersonal }: DraftOptions): PropertyDraft {
  const { name, values, missing, infinite } = column;
  const rows = values.length + missing + infinite;
  const isKey = rows > 1 && type === "integer" && values.length === rows && distinctOf(values) === rows;
  return {
    name,
    // A stored column with infinite values is of no narrower type than text: the check of numbers refuses them.
    logicalType: type === "integer" || type === "number" ? type : "string",
    ...(smallestGroup === Number.POSITIVE_INFINITY || type === "string" ? {} : rangeOf(values, type)),
    required: missing === 0,
    ...(isKey ? { unique: true } : {}),
    ...quality(missingQuality(rows, missing)),
    ...personalMark(isPersonal),
  };
}

export function categoricalDraft(
  column: CategoricalColumn,
  { type, smallestGroup, isPersonal }: DraftOptions,
): PropertyDraft {
  const { name, counts, missing, untold } = column;
  const rows = [...counts.values()].reduce((sum, count) => sum + count, missing + untold.rows);
  const isKey = rows > 1 && missing === 0 && counts.size + untold.values === rows;
  return {
    name,
    logicalType: type === "date" ? dateType(column) : type,
    required: missing === 0,
    ...(isKey ? { unique: true } : {}),
    ...quality([
      ...missingQuality(rows, missing),
      ...(type === "string" ? choiceQuality(counts, { rows, smallestGroup }) : []),
    ]),
    ...personalMark(isPersonal),
  };
}

function personalMark(isPersonal: boolean): PropertyDraft {
  return isPersonal ? { customProperties: [{ property: "personalData", value: true }] } : {};
}

/** What holds dates alone is no column of times. */
function dateType({ counts, untold }: CategoricalColumn): "date" | "timestamp" {
  const isDate = (text: string) => text.length === "2024-02-29".length;
  return [...counts.keys(), ...untold.sample].every(isDate) ? "date" : "timestamp";
}

function rangeOf(values: Float64Array, type: ColumnType): PropertyDraft {
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) return {};
  const slack = SLACK * (high - low);
  // What has never been negative, such as a count or a price, is not expected to become so.
  const least = low >= 0 ? Math.max(0, low - slack) : low - slack;
  const most = high + slack;
  const [minimum, maximum] =
    type === "integer"
      ? [Math.floor(least), Math.ceil(most)]
      : [rounded(least, Math.floor, -1), rounded(most, Math.ceil, 1)];
  const bounds = { ...exact("minimum", minimum), ...exact("maximum", maximum) };
  return Object.keys(bounds).length === 0 ? {} : { logicalTypeOptions: bounds };
}

/** From 2^53 on a document's number may be another one than it says, and the file's integers than they are here. */
function exact(name: string, bound: number): PropertyDraft {
  return Math.abs(bound) <= Number.MAX_SAFE_INTEGER ? { [name]: bound } : {};
}

/** Six significant digits, rounded away from the data. */
function rounded(value: number, away: (value: number) => number, step: 1 | -1): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  // Nine decimals are enough for the tiniest, whose own scale would overflow.
  const scale = 10 ** Math.min(9, 5 - Math.floor(Math.log10(Math.abs(value))));
  const whole = away(value * scale);
  const bound = whole / scale;
  // Multiplying and dividing round too, at times back over the value.
  return (bound - value) * step >= 0 ? bound : (whole + step) / scale;
}

function quality(entries: readonly PropertyDraft[]): PropertyDraft {
  return entries.length === 0 ? {} : { quality: entries };
}

function missingQuality(rows: number, missing: number): PropertyDraft[] {
  if (missing === 0) return [];
  const percent = Math.min(100, Math.ceil((100 * missing * (1 + 2 * SLACK)) / rows));
  return [{ metric: "nullValues", unit: "percent", mustBeLessOrEqualTo: percent, severity: "warning" }];
}

interface ChoiceOptions {
  readonly rows: number;
  readonly smallestGroup: number;
}

function choiceQuality(counts: ReadonlyMap<string, number>, { rows, smallestGroup }: ChoiceOptions): PropertyDraft[] {
  const values = [...counts.keys()].sort();
  if (values.length === 0 || values.length > MOST_ENUM_VALUES || values.length * ROWS_PER_ENUM_VALUE > rows) return [];
  if (values.some((value) => value.length > LONGEST_CHOICE)) return [];
  if ([...counts.values()].some((count) => count < smallestGroup)) return [];
  return [{ metric: "invalidValues", arguments: { validValues: values }, mustBe: 0 }];
}
