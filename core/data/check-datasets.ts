import type { SurveyEngine } from "../ports/data-engine.ts";
import { type CheckedDataset, checkDataset } from "./check-dataset.ts";
import type { Contract } from "./contract.ts";
import { bySeverity, type Found } from "./finding.ts";
import { sharedRowFindings } from "./findings/shared-row-findings.ts";
import { comparedRows } from "./leakage/compared-rows.ts";
import type { RelatedFiles } from "./requirement/foreign-keys.ts";
import type { ReferenceSource } from "./survey.ts";

/** One file to check. */
export interface DatasetFile {
  /** As people call it. */
  readonly path: string;
  /** As the engine opens it. */
  readonly place: string;
  /** A holdout is not held to freshness, and no training row may be in it. */
  readonly role: "training" | "holdout";
}

export interface DataQuestion {
  readonly contract: Contract;
  readonly now: Date;
  readonly related: RelatedFiles;
  readonly previousRows: number | undefined;
  readonly reference: ReferenceSource | undefined;
}

export interface CheckedFile extends CheckedDataset {
  readonly file: DatasetFile;
}

/**
 * Checks each file, and that the holdout has no training row. Drift is measured of the first file only; it is the one
 * that changes from run to run.
 */
export async function checkDatasets(
  engine: SurveyEngine,
  files: readonly DatasetFile[],
  question: DataQuestion,
): Promise<{ readonly checked: readonly CheckedFile[]; readonly found: readonly Found[] }> {
  const checked: CheckedFile[] = [];
  for (const [at, file] of files.entries()) {
    const reference = at === 0 ? question.reference : undefined;
    const expectations = expectationsOf(file, at === 0, question);
    checked.push({ file, ...(await checkDataset(engine, file.place, { expectations, reference })) });
  }
  const shared = await sharedFound(engine, checked, question.contract);
  const own = checked.flatMap(({ file, found }) => found.map((one) => named(file, one)));
  const found = bySeverity([...own, ...shared].map((one) => ({ ...one, severity: one.finding.severity })));
  return { checked, found: found.map(({ finding, at }) => ({ finding, at })) };
}

function expectationsOf({ role }: DatasetFile, isFirst: boolean, question: DataQuestion) {
  const { contract, now, related, previousRows } = question;
  return {
    contract,
    related,
    now: role === "holdout" ? undefined : now,
    previous: isFirst && role === "training" ? { rows: previousRows } : undefined,
  };
}

async function sharedFound(
  engine: SurveyEngine,
  checked: readonly CheckedFile[],
  contract: Contract,
): Promise<Found[]> {
  const found: Found[] = [];
  const holdout = checked.find(({ file }) => file.role === "holdout");
  for (const training of checked.filter(({ file }) => file.role === "training")) {
    const compared = holdout === undefined ? undefined : comparedRows(contract, training.survey, holdout.survey);
    if (holdout === undefined || compared === undefined) continue;
    const shared = await engine.sharedRows(training.file.place, holdout.file.place, compared.columns);
    found.push(...sharedRowFindings(contract, shared, compared.severity).map((one) => named(holdout.file, one)));
  }
  return found;
}

function named({ path }: DatasetFile, { finding, at }: Found): Found {
  return { finding: { ...finding, sentence: `${path}: ${finding.sentence}`.slice(0, 1_000) }, at };
}
