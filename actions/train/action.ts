import { z } from "zod";
import { modelOf, readConfig } from "#core/config/read-config";
import { artifactName } from "#core/model/artifact-names";
import { CANDIDATE_FILE } from "#core/model/layout";
import { trainCandidate } from "#core/model/train-candidate";
import type { TrainingPorts } from "#core/model/training";
import type { ArtifactUploader } from "#core/ports/artifacts";
import { bytes, seconds } from "#core/report/numbers";
import { defineAction } from "#kit/define-action";
import { path } from "#kit/input-types";
import { configInput, engineInputs, modelInput, workingDirectoryInput } from "#kit/shared-inputs";

export interface TrainDeps extends TrainingPorts {
  /** Undefined where there is no job to hand the candidate to. */
  readonly uploader: ArtifactUploader | undefined;
}

const inputs = {
  model: modelInput(),
  output: path().prefault(".tidemark/candidate").meta({
    description: "Folder for the candidate, below the working directory. What was in it before is removed.",
  }),
  config: configInput(),
  "working-directory": workingDirectoryInput(),
  ...engineInputs(),
};

const outputs = {
  candidate: z.string().meta({ description: "Folder of the candidate." }),
  digest: z.string().meta({ description: "Digest that names the model." }),
  artifact: z.string().meta({ description: "Name of the uploaded artifact; empty outside a job." }),
};

export const train = defineAction({
  name: "train",
  title: "Train",
  description: "Runs your training command and leaves a candidate that can be judged and traced.",
  icon: "cpu",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: TrainDeps, { log }) {
    const config = readConfig(await deps.files.readText(given.config), deps.documents, given.config);
    const model = modelOf(config, given.model);
    const request = { name: given.model, model, output: given.output };
    const candidate = await log.group(`Training ${given.model}`, () => trainCandidate({ ...deps, log }, request));
    const size = candidate.files.reduce((sum, file) => sum + file.size, 0);
    log.info(`${candidate.digest}: ${bytes(size)}, trained in ${seconds(candidate.lineage.trainingSeconds)}`);
    const artifact = deps.uploader === undefined ? "" : artifactName.candidate(given.model);
    await deps.uploader?.upload(artifact, filesOf(deps, given.output, candidate), deps.files.locate(given.output));
    return { outputs: { candidate: given.output, digest: candidate.digest, artifact }, document: candidate };
  },
});

function filesOf(
  { files }: TrainDeps,
  output: string,
  candidate: Awaited<ReturnType<typeof trainCandidate>>,
): string[] {
  const paths = [CANDIDATE_FILE, candidate.predictions.path, ...candidate.files.map((file) => `model/${file.path}`)];
  return paths.map((file) => files.locate(`${output}/${file}`));
}
