import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { FEATURES, type Feature } from "./features.ts";

export interface Params {
  /** Last year of training data. */
  readonly trainUntil: number;
  readonly seed: number;
  readonly features: readonly Feature[];
  readonly learner: Learner;
}

export interface Learner {
  readonly hiddenUnits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly l2: number;
  /** A category seen in fewer training rows counts as rare. */
  readonly rareBelow: number;
}

/** Reads params.yaml (or TIDEMARK_PARAMS); TIDEMARK_SEED wins over its seed. Throws on a missing or wrong value. */
export function readParams(): Params {
  const path = process.env["TIDEMARK_PARAMS"] ?? join(import.meta.dirname, "params.yaml");
  const file: Record<string, unknown> = parse(readFileSync(path, "utf8"));
  const learner = file["learner"] as Record<string, unknown>;
  return {
    trainUntil: number(file, "train-until"),
    seed: number({ seed: process.env["TIDEMARK_SEED"] ?? file["seed"] }, "seed"),
    features: features(file["features"]),
    learner: {
      hiddenUnits: number(learner, "hidden-units"),
      epochs: number(learner, "epochs"),
      batchSize: number(learner, "batch-size"),
      learningRate: number(learner, "learning-rate"),
      l2: number(learner, "l2"),
      rareBelow: number(learner, "rare-below"),
    },
  };
}

function number(values: Record<string, unknown> | undefined, name: string): number {
  const value = Number(values?.[name] ?? Number.NaN);
  if (!Number.isFinite(value) || value < 0) throw new Error(`params.yaml: "${name}" must be a number of at least 0.`);
  return value;
}

/** The order in the file does not matter: the model's inputs always follow FEATURES. */
function features(names: unknown): Feature[] {
  const wanted: unknown[] = Array.isArray(names) ? names : [];
  const unknown = wanted.filter((name) => !FEATURES.some((feature) => feature === name));
  if (wanted.length === 0 || unknown.length > 0) {
    throw new Error(
      `params.yaml: features must be some of ${FEATURES.join(", ")}; not ${unknown.join(", ") || "empty"}.`,
    );
  }
  return FEATURES.filter((feature) => wanted.includes(feature));
}
