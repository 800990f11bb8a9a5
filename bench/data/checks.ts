import type { ScanCheck } from "#core/data/sql/compile-checks";

const INTEGERS = ["id", "age", "user_id", "visits", "volume", "label"];
const NUMBERS = ["amount", "temperature", "score", "weight", "latitude", "longitude"];
const PRESENT = ["id", "token", "latitude", "longitude", "user_id", "visits", "volume", "label", "region", "plan"];

/** What a full contract of the benchmark's table asks: 20 types, 10 columns present, a key, ranges, sets, patterns, lengths, dates. */
export const benchChecks: readonly ScanCheck[] = [
  ...INTEGERS.map((column): ScanCheck => ({ kind: "type", column, type: "integer" })),
  ...NUMBERS.map((column): ScanCheck => ({ kind: "type", column, type: "number" })),
  ...["seen_at", "joined"].map((column): ScanCheck => ({ kind: "type", column, type: "date" })),
  { kind: "type", column: "active", type: "boolean" },
  ...["token", "region", "plan", "product", "comment"].map(
    (column): ScanCheck => ({ kind: "type", column, type: "string" }),
  ),
  ...PRESENT.map((column): ScanCheck => ({ kind: "present", column })),
  { kind: "unique", columns: ["id"] },
  { kind: "between", column: "amount", min: 0, max: 900 },
  { kind: "between", column: "score", min: 0, max: 1 },
  { kind: "between", column: "latitude", min: -90, max: 90 },
  { kind: "between", column: "longitude", min: -180, max: 180 },
  { kind: "between", column: "age", min: 18, max: 120 },
  { kind: "one-of", column: "region", values: ["north", "south", "east", "west"] },
  { kind: "one-of", column: "plan", values: ["free", "basic", "pro"] },
  { kind: "one-of", column: "label", values: ["0", "1"] },
  { kind: "pattern", column: "token", pattern: "^[0-9a-f]{32}$" },
  { kind: "pattern", column: "product", pattern: "^AB-[0-9]{4}$" },
  { kind: "length", column: "comment", min: 1, max: 60 },
  { kind: "date-between", column: "joined", min: "2020-01-01", max: "2030-01-01" },
];
