import type { Finding } from "../finding.ts";
import type { Anonymity } from "./anonymity.ts";
import { DEFAULT_DETECTION, type PersonalColumn } from "./detect-personal-data.ts";

/** A column that seems to hold personal data. No value of it is told. */
export function personalDataFinding(found: PersonalColumn, rows: number): Finding {
  const { column, kind, score, matched, checked, named } = found;
  const name = column.slice(0, 200);
  const values = `${matched} of ${checked} distinct values looked at have the form`;
  const why = matched > 0 ? `${values}${named ? ", and its name says so" : ""}` : "its name says so";
  return {
    id: "PRIVACY_PERSONAL_DATA",
    severity: "warning",
    column: name,
    sentence: `Column "${name}" seems to hold: ${kind} (${why}).`,
    nextStep: "Leave the column out, or mark it as personal data in the contract with its purpose.",
    statistic: "score",
    value: Number(score.toPrecision(3)),
    threshold: DEFAULT_DETECTION.threshold,
    rows,
    method: "check digits, patterns and the column's name, on distinct values",
    line: null,
  };
}

export interface AnonymityRule {
  readonly columns: readonly string[];
  /** Fewest rows that may share one combination. */
  readonly k: number;
  /** Fewest sensitive values within one; undefined when there is no sensitive column. */
  readonly l?: number;
  /** An error when the contract promises it. */
  readonly severity?: "error" | "warning";
}

/** Combinations of quasi-identifiers that too few rows share, or that give the sensitive value away. */
export function anonymityFindings(measured: Anonymity, rule: AnonymityRule): Finding[] {
  const names = rule.columns.join(", ").slice(0, 200);
  const severity = rule.severity ?? "warning";
  const about = { severity, column: names, rows: measured.rows, line: null } as const;
  const findings: Finding[] = [];
  if (measured.k !== null && measured.k < rule.k) {
    findings.push({
      ...about,
      id: "PRIVACY_SMALL_GROUP",
      sentence: `Columns "${names}": ${measured.small_rows} of ${measured.rows} rows are in ${measured.small_groups} groups of fewer than ${rule.k}.`,
      nextStep: "Make the columns coarser, such as years to decades, or leave the rows out.",
      method: "k-anonymity: rows of the smallest group",
      statistic: "k",
      value: measured.k,
      threshold: rule.k,
    });
  }
  if (rule.l !== undefined && measured.l_entropy !== null && measured.l_entropy < rule.l - 1e-9) {
    findings.push({
      ...about,
      id: "PRIVACY_GIVEN_AWAY",
      sentence: `Columns "${names}": a group has only ${measured.l_distinct} sensitive values (entropy l ${measured.l_entropy.toFixed(2)}), so who is in it is known to have one of them.`,
      nextStep: "Make the columns coarser, or leave the sensitive column out.",
      method: "entropy l-diversity: e to the smallest entropy of a group",
      statistic: "entropy l",
      value: measured.l_entropy,
      threshold: rule.l,
    });
  }
  return findings;
}
