import { z } from "zod";
import { canonicalJson } from "../../canonical-json.ts";
import { parseAs } from "../../parse-as.ts";
import { HISTOGRAM_BINS, MOST_SAMPLED } from "./profile-size.ts";

const Count = z.number().int().min(0);
const Values = z.array(z.number());

/** Bins (a, b] between inner edges with open ends: one count more than edges. */
const Bins = z
  .strictObject({ edges: Values.max(9), counts: z.array(Count) })
  .refine(({ edges, counts }) => counts.length === edges.length + 1, { error: "expected one count more than edges" });

/** Equal bins [a, b) from low to high, the last with its upper end; all in the first when low is high. */
const Histogram = z.strictObject({ low: z.number(), high: z.number(), counts: z.array(Count).length(HISTOGRAM_BINS) });

/** What is known of the finite values; null without any, or when the column is withheld. */
const NumericSummary = z.strictObject({
  distinct: Count,
  min: z.number(),
  max: z.number(),
  /** To ten significant digits, as the standard deviation: a sum's last digits depend on its order. */
  mean: z.number(),
  /** Of the population (divisor n). */
  sd: z.number().min(0),
  /** Type 7, by "p1", "p5", "p10" … "p99". */
  quantiles: z.record(z.string().regex(/^p\d{1,2}$/), z.number()),
  deciles: Bins,
  histogram: Histogram,
  /** Values at evenly spaced ranks, ascending: all of them when there are few. */
  sample: Values.min(1).max(MOST_SAMPLED),
});

export const NumericProfile = z.strictObject({
  kind: z.literal("numeric"),
  name: z.string(),
  /** Rows with a finite value. */
  count: Count,
  missing: Count,
  infinite: Count,
  summary: NumericSummary.nullable(),
});
export type NumericProfile = z.output<typeof NumericProfile>;

export const CategoricalProfile = z.strictObject({
  kind: z.literal("categorical"),
  name: z.string(),
  /** Rows with a value. */
  count: Count,
  missing: Count,
  distinct: Count,
  /** The most frequent values, most rows first. A value of fewer rows than `smallestGroup` is never named. */
  top: z.array(z.strictObject({ value: z.string(), rows: Count })).max(100),
  /** All others together. */
  unnamed: z.strictObject({ values: Count, rows: Count }),
});
export type CategoricalProfile = z.output<typeof CategoricalProfile>;

/** What later runs compare with instead of the reference rows: small, committed, and stable for equal rows. */
export const ReferenceProfile = z.strictObject({
  format: z.literal("tidemark/profile"),
  version: z.literal(1),
  rows: Count,
  smallestGroup: z.number().int().min(1),
  columns: z.array(z.discriminatedUnion("kind", [NumericProfile, CategoricalProfile])),
});
export type ReferenceProfile = z.output<typeof ReferenceProfile>;

/** One line per column, keys in order: equal profiles have equal bytes, and a diff shows which columns changed. */
export function printProfile({ columns, ...head }: ReferenceProfile): string {
  const lines = columns.map((column) => `    ${canonicalJson(column)}`).join(",\n");
  const fields = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${canonicalJson(value)},`);
  return `{\n${fields.join("\n")}\n  "columns": [${lines === "" ? "" : `\n${lines}\n  `}]\n}\n`;
}

/** @throws UserError PROFILE_UNREADABLE, naming the source and what is wrong */
export function readProfile(value: unknown, source: string): ReferenceProfile {
  const hint = "Make the profile again from the reference data, and commit it unedited.";
  return parseAs(ReferenceProfile, value, { source, code: "PROFILE_UNREADABLE", hint });
}
