import { TidemarkConfig } from "#core/config/tidemark-config";
import { MODEL } from "./model.ts";
import { ENVIRONMENT } from "./release-record.ts";

type Json = Record<string, unknown>;

/** A model as people write it, complete, with what a test changes. */
export function modelEntry(facts: Json = {}): Json {
  return {
    task: "binary-classification",
    data: { train: "data/train.csv", holdout: "data/holdout.csv" },
    train: { run: "npm run train" },
    environments: [environmentEntry()],
    ...facts,
  };
}

export function environmentEntry(facts: Json = {}): Json {
  return { name: ENVIRONMENT, target: { kind: "local", run: "npm run serve" }, ...facts };
}

/** A parsed configuration of these models. */
export function config(models: Record<string, Json> = { [MODEL]: modelEntry() }): TidemarkConfig {
  return TidemarkConfig.parse({ models });
}
