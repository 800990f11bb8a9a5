import { type Digest, digestOf } from "#core/digest";
import type { Candidate, Lineage } from "#core/model/candidate";
import { type ModelFile, modelDigest } from "#core/model/model-files";
import type { Row } from "./predictions.ts";

export const MODEL = "churn";
export const HOLDOUT = digestOf("holdout");
export const COMMIT = "3f2a91c0".repeat(5);

/** What every model here predicts: 120 rows, half of them positive, all in the right order. */
export const PREDICTED: readonly Row[] = Array.from({ length: 120 }, (_, row) => {
  return { id: `r${row}`, label: row % 2 === 0 ? 0 : 1, score: row % 2 === 0 ? 0.2 : 0.8 };
});

/** The text of every file of a model and of its predictions; two models differ when their weights do. */
export function contentsOf(weights: string) {
  return {
    model: { "model.json": '{"layers":2}\n', "weights.bin": `${weights}\n` },
    predictions: `id,y_true,score,by\n${PREDICTED.map(({ id, label, score }) => `${id},${label},${score},${weights}\n`).join("")}`,
  };
}

export function filesOf(weights: string): ModelFile[] {
  return Object.entries(contentsOf(weights).model).map(([path, text]) => {
    return { path, size: text.length, digest: digestOf(text) };
  });
}

export function digestOfModel(weights: string): Digest {
  return modelDigest(filesOf(weights));
}

export function predictionsOf(weights: string) {
  return { path: "predictions.csv", digest: digestOf(contentsOf(weights).predictions), rows: PREDICTED.length };
}

export function lineage(facts: Partial<Lineage> = {}): Lineage {
  return {
    commit: COMMIT,
    dirty: false,
    command: "npm run train",
    seed: 7,
    data: { train: digestOf("train"), holdout: HOLDOUT },
    parameters: digestOf("params"),
    trainingSeconds: 41.5,
    platform: "linux x64",
    ...facts,
  };
}

interface CandidateFacts {
  readonly weights?: string;
  readonly lineage?: Partial<Lineage>;
}

/** A trained candidate, named by its weights. */
export function candidate({ weights = "challenger", lineage: facts = {} }: CandidateFacts = {}): Candidate {
  return {
    format: "tidemark/candidate",
    version: 1,
    model: MODEL,
    digest: digestOfModel(weights),
    files: filesOf(weights),
    predictions: predictionsOf(weights),
    claimedMetrics: { auc: 0.86 },
    lineage: lineage(facts),
    createdAt: "2026-03-02T09:00:00.000Z",
  };
}
