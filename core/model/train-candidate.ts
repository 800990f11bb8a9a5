import { modelPath } from "../config/model-path.ts";
import type { ModelConfig } from "../config/tidemark-config.ts";
import { ValidationReport, validationPath } from "../data/validation-report.ts";
import type { Digest } from "../digest.ts";
import { UserError } from "../errors.ts";
import { parseAs } from "../parse-as.ts";
import type { Files } from "../ports/files.ts";
import type { Log } from "../ports/log.ts";
import { Candidate } from "./candidate.ts";
import { claimedMetrics } from "./claimed-metrics.ts";
import { CANDIDATE_FILE, MODEL_FOLDER } from "./layout.ts";
import { modelDigest } from "./model-files.ts";
import { runTraining, type TrainingRun } from "./run-training.ts";
import type { TrainingPorts, TrainingRequest } from "./training.ts";

/**
 * Trains, then describes what came out. `candidate.json` is written last, so a folder without one is no candidate.
 * @throws UserError when the command fails, leaves no model, or the data was changed under it
 */
export async function trainCandidate(
  ports: TrainingPorts & { log: Log },
  request: TrainingRequest,
): Promise<Candidate> {
  const { files } = ports;
  await refuseUnvalidated(ports, request, await dataDigests(files, request.model));
  await files.removeFolder(request.output);
  await files.makeFolder(request.output);
  const before = await dataDigests(files, request.model);
  const run = await runTraining(ports, request);
  const after = await dataDigests(files, request.model);
  if (before.train !== after.train || before.holdout !== after.holdout) {
    throw new UserError(
      "DATA_CHANGED",
      "The data changed while the model was trained on it.",
      "Let the command write to TIDEMARK_OUTPUT only.",
    );
  }
  const candidate = await describe(ports, request, { run, data: before });
  await files.write(`${request.output}/${CANDIDATE_FILE}`, `${JSON.stringify(candidate, null, 2)}\n`);
  return candidate;
}

interface DataDigests {
  readonly train: Digest;
  readonly holdout: Digest;
}

async function dataDigests(files: Files, model: ModelConfig): Promise<DataDigests> {
  const [train, holdout] = await Promise.all([
    files.measure(modelPath(model, model.data.train)),
    files.measure(modelPath(model, model.data.holdout)),
  ]);
  return { train: train.digest, holdout: holdout.digest };
}

/** Training on other bytes than were validated is training on unknown data. */
async function refuseUnvalidated(
  { files, documents }: TrainingPorts,
  { name, model }: TrainingRequest,
  data: DataDigests,
): Promise<void> {
  const path = validationPath(name);
  if (!(await files.exists(path))) return;
  const hint = "Run validate-data again.";
  const from = { source: path, code: "VALIDATION_INVALID", hint };
  const report = parseAs(ValidationReport, documents.parse(await files.readText(path), path), from);
  for (const [part, digest] of Object.entries(data)) {
    const dataset = modelPath(model, part === "train" ? model.data.train : model.data.holdout);
    const validated = report.datasets.find((entry) => entry.path === dataset);
    if (validated === undefined || validated.digest === digest) continue;
    throw new UserError(
      "DATA_CHANGED",
      `${dataset} is not the file that was validated: ${digest} now, ${validated.digest} then.`,
      hint,
    );
  }
}

interface Trained {
  readonly run: TrainingRun;
  readonly data: DataDigests;
}

async function describe(ports: TrainingPorts, request: TrainingRequest, { run, data }: Trained): Promise<Candidate> {
  const { files } = ports;
  const { model, output, name } = request;
  const modelFiles = await listModel(files, output);
  const { file: predictions, ...columns } = model.predictions;
  const rows = await ports.engine.predictions(files.locate(`${output}/${predictions}`), {
    ...columns,
    slices: model.slices,
  });
  const head = await ports.git.head();
  return Candidate.parse({
    format: "tidemark/candidate",
    version: 1,
    model: name,
    digest: modelDigest(modelFiles),
    files: modelFiles,
    predictions: { path: predictions, digest: rows.digest, rows: rows.ids.length },
    claimedMetrics: await claimedMetrics(ports, `${output}/${model.train.metrics}`),
    lineage: {
      commit: head?.commit ?? null,
      dirty: head?.dirty ?? false,
      command: model.train.run,
      seed: model.train.seed,
      data,
      parameters:
        model.train.params === undefined ? null : (await files.measure(modelPath(model, model.train.params))).digest,
      trainingSeconds: run.seconds,
      platform: ports.commands.platform,
    },
    createdAt: ports.clock().toISOString(),
  });
}

async function listModel(files: Files, output: string) {
  const folder = `${output}/${MODEL_FOLDER}`;
  const listed = await files.list(folder);
  if (listed.length > 0) return listed;
  throw new UserError(
    "MODEL_MISSING",
    "The training command left no model.",
    `Let it write the model's files below $TIDEMARK_OUTPUT/${MODEL_FOLDER}.`,
  );
}
