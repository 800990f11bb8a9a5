import type { CheckedFile } from "./check-datasets.ts";
import type { Finding } from "./finding.ts";
import type { ReferenceProfile } from "./profile/reference-profile.ts";
import type { ValidationReport } from "./validation-report.ts";

export interface ReportFacts {
  readonly model: string | null;
  readonly contract: NonNullable<ValidationReport["contract"]>;
  readonly reference: ValidationReport["reference"];
  readonly checked: readonly CheckedFile[];
  readonly findings: readonly Finding[];
  /** Where the first dataset's profile will be. */
  readonly profilePath: string;
  readonly now: Date;
}

/** The report on all that was checked; what is told once is told of the first dataset. */
export function reportOf(facts: ReportFacts): ValidationReport {
  const { model, contract, reference, checked, findings, profilePath, now } = facts;
  const [first] = checked;
  return {
    format: "tidemark/validation",
    version: 1,
    model,
    verdict: findings.some(({ severity }) => severity === "error") ? "fail" : "pass",
    contract,
    datasets: checked.map(({ file: { path, role }, survey }) => {
      const { digest, rows, bytes } = survey.measurement;
      return { path, role, digest, rows, bytes };
    }),
    findings: [...findings],
    reference,
    drift: first?.drift ?? null,
    anonymity: first?.survey.anonymity ?? null,
    profilePath,
    checkedAt: now.toISOString(),
    omitted: { findings: 0, driftColumns: 0 },
  };
}

/** What --json prints: the whole report with the profile in it. */
export type PrintedReport = ValidationReport & { readonly profile: ReferenceProfile | null };
