import { z } from "zod";
import { driftFindings } from "#core/data/drift/drift-findings";
import { referenceProfile } from "#core/data/profile/profile-of";
import { printProfile } from "#core/data/profile/reference-profile";
import { readReference } from "#core/data/read-reference";
import { NO_SURVEY, type ReferenceSource, type Survey } from "#core/data/survey";
import { surveyDrift } from "#core/data/survey-drift";
import { UserError } from "#core/errors";
import type { SurveyEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import type { GivenFiles } from "#core/ports/given-files";
import { driftSection } from "#core/report/drift-table";
import { didYouMean } from "#core/suggest";
import { defineAction } from "#kit/define-action";
import { list, path } from "#kit/input-types";
import { engineInputs, workingDirectoryInput } from "#kit/shared-inputs";

export interface DriftDeps {
  /** Where the profile is written. */
  readonly files: Files;
  readonly given: GivenFiles;
  readonly documents: Documents;
  readonly engine: SurveyEngine;
}

const inputs = {
  reference: path().meta({ description: "Rows the model was trained on, or their reference profile (.json)." }),
  current: path().meta({ description: "Rows of now." }),
  columns: list().prefault("").meta({ description: "Columns to compare; all of the reference when left out." }),
  "write-profile": path()
    .optional()
    .meta({ description: "Also writes the reference's profile here, to be committed." }),
  "working-directory": workingDirectoryInput(),
  ...engineInputs(),
};

const outputs = {
  verdict: z.enum(["pass", "fail"]).meta({ description: "fail when a column drifted." }),
  drifted: z.number().meta({ description: "Number of columns that drifted." }),
  columns: z.number().meta({ description: "Number of columns compared." }),
};

export const drift = defineAction({
  name: "drift",
  title: "Drift",
  description: "Compares today's rows with those a model was trained on, column by column, with error control.",
  icon: "activity",
  color: "orange",
  inputs,
  outputs,
  async run(given, deps: DriftDeps, { log }) {
    const { files, given: named, documents, engine } = deps;
    const reference = await readReference(given.reference, { files: named, documents });
    const columns = given.columns.length === 0 ? undefined : given.columns;
    const profile = await profileToKeep(given["write-profile"], { engine, reference, columns });
    const survey = await engine.survey(named.locate(given.current), { ...NO_SURVEY, columns, reference });
    refuseUnknown(given, survey);
    const result = surveyDrift(survey, reference);
    if (profile !== undefined) await files.write(profile.place, printProfile(profile.profile));
    for (const { severity, sentence, nextStep } of driftFindings(result)) {
      log[severity === "note" ? "info" : "warning"](`${sentence} ${nextStep}`);
    }
    const drifted = result.columns.filter(({ verdict }) => verdict === "drifted").length;
    const verdict = drifted > 0 ? "fail" : "pass";
    const counted = { verdict, drifted, columns: result.columns.length } as const;
    return { verdict, outputs: counted, summary: driftSection(result), document: result };
  },
});

interface Compared {
  readonly engine: SurveyEngine;
  readonly reference: ReferenceSource;
  readonly columns: readonly string[] | undefined;
}

/** The profile of the reference's rows, if it is to be kept; a profile is kept already. */
async function profileToKeep(place: string | undefined, { engine, reference, columns }: Compared) {
  if (place === undefined || reference.kind === "profile") return undefined;
  const survey = await engine.survey(reference.path, { ...NO_SURVEY, columns });
  return { place, profile: referenceProfile(survey.columns.map((column) => column.profile)) };
}

/** A column that was asked for and cannot be compared would pass unseen. */
function refuseUnknown(
  given: { readonly reference: string; readonly columns: readonly string[] },
  survey: Survey,
): void {
  const compared = new Set(survey.absent.map(({ name }) => name));
  for (const { drift: measured } of survey.columns) if (measured !== null) compared.add(measured.name);
  const unknown = given.columns.find((name) => !compared.has(name));
  if (unknown === undefined) return;
  const problem = `${given.reference} has no column ${JSON.stringify(unknown.slice(0, 80))}. ${didYouMean(unknown, [...compared])}`;
  throw new UserError("COLUMN_MISSING", problem.trim(), "Name columns that both sides have.");
}
