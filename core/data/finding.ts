import { z } from "zod";
import type { ContractPath } from "./contract.ts";

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
  /** How the statistic was made, in words. */
  method: z.string().max(200).nullable().prefault(null),
  /** The first row that shows it, counted as a person counts lines: the header is line 1. */
  line: z.number().int().min(1).nullable(),
});
export type Finding = z.output<typeof Finding>;

export type Severity = Finding["severity"];

/** A finding and what in the contract it is about. */
export interface Found {
  readonly finding: Finding;
  readonly at: ContractPath;
}

type Told = Pick<Finding, "id" | "severity" | "sentence" | "nextStep" | "rows"> & Partial<Finding>;

/** Fills what a finding does not have, and cuts names from the data to what a report can hold. */
export function findingOf(told: Told): Finding {
  const { column = null, statistic = null, value = null, threshold = null, method = null, line = null } = told;
  return {
    id: told.id,
    severity: told.severity,
    column: column === null ? null : cut(column, 200),
    sentence: cut(told.sentence, 1_000),
    nextStep: cut(told.nextStep, 500),
    statistic,
    value: value === null ? null : Number(value.toPrecision(12)),
    threshold,
    rows: told.rows,
    method,
    line,
  };
}

/** A name from the data, short enough for a sentence. */
export function shortName(name: string): string {
  return cut(name, 100);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** Errors first, then warnings, then notes; otherwise as they come. */
export function bySeverity<Entry extends Pick<Finding, "severity">>(findings: readonly Entry[]): Entry[] {
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
