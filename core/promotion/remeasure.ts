import { canonicalJson } from "../canonical-json.ts";
import { gateOf, type ModelConfig } from "../config/tidemark-config.ts";
import { UserError } from "../errors.ts";
import type { Evidence } from "../judge/evidence.ts";
import { countPositives, measure } from "../judge/measure.ts";
import { predictionsName } from "../model/predictions-name.ts";
import type { DataEngine } from "../ports/data-engine.ts";
import type { Files } from "../ports/files.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";

export interface RemeasurePorts {
  readonly engine: DataEngine;
  readonly files: Files;
  readonly store: ObjectStore;
}

export interface Remeasured {
  readonly evidence: Evidence;
  readonly model: ModelConfig;
  readonly current: ReleaseRecord | undefined;
  /** Where the candidate's predictions lie, below the root of `files`. */
  readonly predictions: string;
}

/**
 * Computes every number of the evidence again from the predictions, with code no pull request can touch. The training
 * job ran the pull request's own code and could have written any evidence; the labels are held against those the
 * serving version was judged with. @throws UserError EVIDENCE_NOT_REPRODUCED
 */
export async function remeasure({ engine, files, store }: RemeasurePorts, subject: Remeasured): Promise<void> {
  const { evidence, model, current, predictions } = subject;
  const { file: _, ...columns } = model.predictions;
  const rows = await engine.predictions(files.locate(predictions), { ...columns, slices: model.slices });
  const baseline = current?.serving.holdout === evidence.holdout.digest ? current : undefined;
  const other =
    baseline === undefined
      ? undefined
      : await servedPredictions({ engine, files, store }, baseline, { ...columns, slices: [] });
  const { minimum, confidence } = gateOf(model);
  const measured = measure(rows, other, { primaryMetric: model["primary-metric"], confidence, minimum });
  const { comparisons, slices, holdout } = evidence;
  const isSamePredictions = rows.digest === evidence.candidate.predictions.digest;
  const counted = { rows: rows.ids.length, positives: countPositives(rows) };
  const claimed = { comparisons, slices, rows: holdout.rows, positives: holdout.positives };
  if (isSamePredictions && canonicalJson({ ...measured, ...counted }) === canonicalJson(claimed)) return;
  throw new UserError(
    "EVIDENCE_NOT_REPRODUCED",
    `The numbers of the evidence for ${evidence.model} do not follow from its predictions.`,
    "Run the comparison again with this version of Tidemark and the default branch's configuration.",
  );
}

async function servedPredictions(
  { engine, files, store }: RemeasurePorts,
  { serving }: ReleaseRecord,
  columns: Parameters<DataEngine["predictions"]>[1],
) {
  const path = files.locate(predictionsName("serving-predictions", serving.predictions));
  await store.get(serving.predictions.digest, path);
  return engine.predictions(path, columns);
}
