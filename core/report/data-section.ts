import type { ReferenceProfile } from "../data/profile/reference-profile.ts";
import type { ValidationReport } from "../data/validation-report.ts";
import { driftSection } from "./drift-table.ts";
import { findingsSection } from "./findings-section.ts";
import { code } from "./markdown.ts";
import { profileSection } from "./profile-table.ts";

/** The data check for a pull request's comment: findings, drift, profile, and what it all rests on. No value of a row. */
export function dataSection(report: ValidationReport, profile: ReferenceProfile | undefined): string {
  return [
    findingsSection(report.findings, "in the report's file"),
    ...(report.drift === null ? [] : [driftSection(report.drift)]),
    ...(profile === undefined ? [] : [profileSection(profile)]),
    footnote(report),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function footnote({ contract, reference }: ValidationReport): string {
  const parts = [
    ...(contract === null
      ? []
      : [
          `contract ${code(contract.path)}, ${code(contract.id)} version ${code(contract.version)}, ${code(contract.digest.slice(7, 19))}`,
        ]),
    ...(reference === null
      ? []
      : [`compared with ${reference.kind === "profile" ? "the profile" : "the rows of"} ${code(reference.path)}`]),
  ];
  return parts.length === 0 ? "" : `\n<sub>Checked over all rows: ${parts.join(" · ")}</sub>`;
}
