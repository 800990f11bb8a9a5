import { z } from "zod";
import { Digest } from "../digest.ts";
import { ModelName } from "../names.ts";
import { DriftResult } from "./drift/drift-result.ts";
import { Finding } from "./finding.ts";
import { Anonymity } from "./privacy/anonymity.ts";

const Count = z.number().int().min(0);

const Dataset = z.strictObject({
  path: z.string(),
  role: z.enum(["training", "holdout"]).prefault("training"),
  digest: Digest,
  rows: Count,
  bytes: Count,
});

/** What `validate-data` found, for people and for the steps that follow it. */
export const ValidationReport = z.strictObject({
  format: z.literal("tidemark/validation"),
  version: z.literal(1),
  model: ModelName.nullable(),
  /** pass when no finding is an error. */
  verdict: z.enum(["pass", "fail"]),
  contract: z
    .strictObject({ path: z.string(), id: z.string(), version: z.string(), digest: Digest })
    .nullable()
    .prefault(null),
  datasets: z.array(Dataset),
  /** Errors first, then warnings, then notes. */
  findings: z.array(Finding),
  /** What the first dataset was compared with. */
  reference: z
    .strictObject({ path: z.string(), kind: z.enum(["profile", "rows"]) })
    .nullable()
    .prefault(null),
  /** Of the first dataset against the reference. */
  drift: DriftResult.nullable().prefault(null),
  /** Of the first dataset; null when the contract declares no quasi-identifiers. */
  anonymity: Anonymity.nullable().prefault(null),
  /** Where the first dataset's profile was written. */
  profilePath: z.string().nullable().prefault(null),
  checkedAt: z.iso.datetime().nullable().prefault(null),
  /** Left out of the written report, which a later step reads whole; --json prints all. */
  omitted: z.strictObject({ findings: Count, driftColumns: Count }).prefault({ findings: 0, driftColumns: 0 }),
});
export type ValidationReport = z.output<typeof ValidationReport>;

const MOST_FINDINGS = 1_000;
const MOST_DRIFT_COLUMNS = 100;

/** The report as it is written: the most severe findings and the columns that drifted most, of 5,000 there may be. */
export function shortReport(report: ValidationReport): ValidationReport {
  const { findings, drift } = report;
  const columns = [...(drift?.columns ?? [])].sort((a, b) => (b.effect ?? 1) - (a.effect ?? 1));
  const isLong = columns.length > MOST_DRIFT_COLUMNS;
  return {
    ...report,
    findings: findings.slice(0, MOST_FINDINGS),
    drift: drift === null || !isLong ? drift : { ...drift, columns: columns.slice(0, MOST_DRIFT_COLUMNS) },
    omitted: {
      findings: Math.max(0, findings.length - MOST_FINDINGS),
      driftColumns: Math.max(0, columns.length - MOST_DRIFT_COLUMNS),
    },
  };
}

export function validationPath(model: string): string {
  return `.tidemark/validation-${model}.json`;
}

export function profilePath(model: string): string {
  return `.tidemark/profile-${model}.json`;
}
