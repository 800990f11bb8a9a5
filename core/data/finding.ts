import { z } from "zod";

/** Something a check found: one sentence a reviewer can act on, and the numbers behind it. Never a raw value. */
export const Finding = z.strictObject({
  /** Names the kind of finding for ever, such as DATA_MISSING_VALUES. */
  id: z.string().regex(/^[A-Z][A-Z0-9_]{2,60}$/),
  severity: z.enum(["error", "warning", "note"]),
  column: z.string().max(200).nullable(),
  sentence: z.string().max(1_000),
  nextStep: z.string().max(500),
  statistic: z.string().max(100).nullable(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  rows: z.number().int().min(0),
  /** The first row that shows it, counted as a person counts lines: the header is line 1. */
  line: z.number().int().min(1).nullable(),
});
export type Finding = z.output<typeof Finding>;
