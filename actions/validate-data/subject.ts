import { modelOf, readConfig } from "#core/config/read-config";
import type { DatasetFile } from "#core/data/check-datasets";
import { UserError } from "#core/errors";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import type { GivenFiles } from "#core/ports/given-files";

export interface SubjectFiles {
  /** The repository's, which the configuration speaks of. */
  readonly files: Files;
  /** Those that an input names. */
  readonly given: GivenFiles;
  readonly documents: Documents;
}

export interface SubjectInputs {
  readonly model?: string | undefined;
  readonly data: readonly string[];
  readonly holdout?: string | undefined;
  readonly contract?: string | undefined;
  readonly reference?: string | undefined;
  readonly config: string;
}

/** A text file and where it is read. */
export interface SourceFile {
  readonly path: string;
  readonly files: GivenFiles;
}

/** What is checked against what: as the inputs say, else as the model's configuration does. */
export interface Subject {
  readonly datasets: readonly DatasetFile[];
  readonly contract: SourceFile;
  readonly reference: SourceFile | undefined;
}

export async function subjectOf(inputs: SubjectInputs, from: SubjectFiles): Promise<Subject> {
  const configured = inputs.model === undefined ? undefined : await configuredSubject(inputs, inputs.model, from);
  const contract = inputs.contract === undefined ? configured?.contract : { path: inputs.contract, files: from.given };
  const datasets = inputs.data.length === 0 ? (configured?.datasets ?? []) : datasetsOf(inputs, from.given);
  if (contract === undefined) throw missing("contract", "no contract is given and the model names none");
  if (datasets.length === 0) throw missing("data", "no data is given and no model names any");
  const reference =
    inputs.reference === undefined ? configured?.reference : { path: inputs.reference, files: from.given };
  return { contract, datasets, reference };
}

function datasetsOf({ data, holdout }: SubjectInputs, given: GivenFiles): readonly DatasetFile[] {
  const training = data.map((path) => ({ path, place: given.locate(path), role: "training" as const }));
  if (holdout === undefined) return training;
  return [...training, { path: holdout, place: given.locate(holdout), role: "holdout" }];
}

async function configuredSubject({ config }: SubjectInputs, name: string, { files, documents }: SubjectFiles) {
  const model = modelOf(readConfig(await files.readText(config), documents, config), name);
  const at = (path: string) => (model.path === "." ? path : `${model.path}/${path}`);
  const dataset = (path: string, role: DatasetFile["role"]) => ({
    path: at(path),
    place: files.locate(at(path)),
    role,
  });
  const profile = model.data["reference-profile"];
  const reference = profile === undefined ? undefined : { path: at(profile), files };
  return {
    contract: model.contract === undefined ? undefined : { path: at(model.contract), files },
    datasets: [dataset(model.data.train, "training"), dataset(model.data.holdout, "holdout")],
    // Before the first profile is committed there is nothing to compare with.
    reference: reference !== undefined && (await files.exists(reference.path)) ? reference : undefined,
  };
}

function missing(input: string, problem: string): UserError {
  return new UserError(
    "INPUT_MISSING",
    `Nothing to check: ${problem}.`,
    `Give the input "${input}", or a model that has one.`,
  );
}
