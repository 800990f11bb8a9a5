import { z } from "zod";
import { checkDatasets } from "#core/data/check-datasets";
import { printProfile, type ReferenceProfile } from "#core/data/profile/reference-profile";
import { readReference } from "#core/data/read-reference";
import { type PrintedReport, reportOf } from "#core/data/report-of";
import { profilePath, shortReport, type ValidationReport, validationPath } from "#core/data/validation-report";
import type { Clock } from "#core/ports/clock";
import type { SurveyEngine } from "#core/ports/data-engine";
import type { Files } from "#core/ports/files";
import { plural } from "#core/report/numbers";
import { validationSummary } from "#core/report/validation-summary";
import { defineAction } from "#kit/define-action";
import { list, path, text } from "#kit/input-types";
import { configInput, engineInputs, workingDirectoryInput } from "#kit/shared-inputs";
import { annotate } from "./annotate.ts";
import { contractOf, relatedFiles, rowsBefore } from "./material.ts";
import { type SubjectFiles, subjectOf } from "./subject.ts";

export interface ValidateDataDeps extends SubjectFiles {
  readonly engine: SurveyEngine;
  readonly clock: Clock;
  /** Throws a UserError for a pattern that the engines cannot run. */
  readonly refusePattern: (pattern: string) => void;
}

const inputs = {
  model: text().optional().meta({ description: "Name of the model whose data is checked; or give data and contract." }),
  data: list().prefault("").meta({ description: "Files to check instead of the model's training rows and holdout." }),
  holdout: path()
    .optional()
    .meta({ description: "Holdout of the given data: checked too, and searched for training rows." }),
  contract: path().optional().meta({ description: "Data contract (ODCS v3.1) instead of the model's." }),
  reference: path()
    .optional()
    .meta({ description: "Rows, or a reference profile (.json), that the first file is compared with for drift." }),
  related: list()
    .prefault("")
    .meta({ description: "Files of the datasets that foreign keys refer to, each as name=path." }),
  previous: path().optional().meta({
    description: "Record or validation report (.json) of the previous snapshot, for the change of the row count.",
  }),
  "write-profile": path()
    .optional()
    .meta({ description: "Also writes the first file's reference profile here, to be committed." }),
  config: configInput(),
  "working-directory": workingDirectoryInput(),
  ...engineInputs(),
};

const outputs = {
  verdict: z.enum(["pass", "fail"]).meta({ description: "pass when no finding is an error." }),
  findings: z.number().meta({ description: "Number of findings of any severity." }),
  drifted: z.number().meta({ description: "Number of columns that drifted from the reference; 0 without one." }),
  report: z.string().meta({ description: "Path of the findings as JSON." }),
  profile: z.string().optional().meta({ description: "Path of the first file's profile as JSON." }),
};

export const validateData = defineAction({
  name: "validate-data",
  title: "Validate data",
  description:
    "Checks every row of a model's data against its contract, and looks for drift, leakage and personal data.",
  icon: "check-square",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: ValidateDataDeps, { log }) {
    const subject = await subjectOf(given, deps);
    const { contract, described, locate } = await contractOf(subject.contract, deps);
    const { reference } = subject;
    const question = {
      contract,
      now: deps.clock(),
      related: relatedFiles(given.related, deps.given),
      previousRows: await rowsBefore(given.previous, subject.datasets[0]?.path ?? "", deps),
      reference: reference && (await readReference(reference.path, { ...deps, files: reference.files })),
    };
    const work = () => checkDatasets(deps.engine, subject.datasets, question);
    const { checked, found } = await log.group(`Checking ${plural(subject.datasets.length, "file")}`, work);
    annotate(log, found, { file: subject.contract.path, locate });
    const report = reportOf({
      model: given.model ?? null,
      contract: described,
      reference: reference && question.reference ? { path: reference.path, kind: question.reference.kind } : null,
      checked,
      findings: found.map(({ finding }) => finding),
      profilePath: profilePath(given.model ?? "data"),
      now: question.now,
    });
    return written(report, checked[0]?.profile, { files: deps.files, copy: given["write-profile"] });
  },
});

interface Places {
  readonly files: Files;
  readonly copy: string | undefined;
}

/** Only after everything was checked: what cannot be read leaves nothing behind. */
async function written(report: ValidationReport, profile: ReferenceProfile | undefined, { files, copy }: Places) {
  const path = validationPath(report.model ?? "data");
  const printed = profile === undefined ? undefined : printProfile(profile);
  for (const place of [report.profilePath, copy ?? null]) {
    if (place !== null && printed !== undefined) await files.write(place, printed);
  }
  await files.write(path, `${JSON.stringify(shortReport(report), null, 2)}\n`);
  const { verdict, findings, drift } = report;
  const drifted = drift?.columns.filter((column) => column.verdict === "drifted").length ?? 0;
  const result = {
    verdict,
    findings: findings.length,
    drifted,
    report: path,
    profile: report.profilePath ?? undefined,
  };
  const document: PrintedReport = { ...report, profile: profile ?? null };
  return { verdict, outputs: result, summary: validationSummary(report, profile), document };
}
