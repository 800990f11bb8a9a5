import { UserError } from "../errors.ts";
import { METRIC_NAMES } from "../metrics/catalogue.ts";
import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import { didYouMean } from "../suggest.ts";
import { CONFIG_PATH, type Environment, type ModelConfig, TidemarkConfig, unknownMetrics } from "./tidemark-config.ts";

const HINT = "See docs/configuration.md for every key.";

/** @throws UserError CONFIG_INVALID naming each path, what was expected and what was probably meant */
export function readConfig(text: string, documents: Documents, source: string = CONFIG_PATH): TidemarkConfig {
  const config = parseAs(TidemarkConfig, documents.parse(text, source), { source, code: "CONFIG_INVALID", hint: HINT });
  for (const [name, model] of Object.entries(config.models)) {
    const [unknown] = unknownMetrics(model);
    if (unknown === undefined) continue;
    const problem = `${source}: models.${name}.${unknown.path}: "${unknown.name}" is not a metric we know. ${didYouMean(unknown.name, METRIC_NAMES)}`;
    throw new UserError("CONFIG_INVALID", problem.trim(), `Known: ${METRIC_NAMES.join(", ")}.`);
  }
  return config;
}

/** @throws UserError MODEL_UNKNOWN */
export function modelOf(config: TidemarkConfig, name: string): ModelConfig {
  const model = Object.hasOwn(config.models, name) ? config.models[name] : undefined;
  if (model !== undefined) return model;
  const names = Object.keys(config.models);
  const problem = `${CONFIG_PATH} has no model ${JSON.stringify(name)}. ${didYouMean(name, names)}`;
  throw new UserError("MODEL_UNKNOWN", problem.trim(), `It has: ${names.join(", ")}.`);
}

/** @throws UserError ENVIRONMENT_UNKNOWN */
export function environmentOf(model: ModelConfig, name: string): Environment {
  const environment = model.environments.find((candidate) => candidate.name === name);
  if (environment !== undefined) return environment;
  const names = model.environments.map((candidate) => candidate.name);
  const problem = `The model has no environment ${JSON.stringify(name)}. ${didYouMean(name, names)}`;
  throw new UserError("ENVIRONMENT_UNKNOWN", problem.trim(), `It has: ${names.join(", ")}.`);
}
