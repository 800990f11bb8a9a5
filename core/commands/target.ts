import type { TidemarkConfig } from "../config/tidemark-config.ts";
import { promotionBranch } from "../promotion/branch.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { failure, type Result, success } from "../result.ts";

export interface CommandTarget extends RecordKey {
  /** What follows `to`. */
  readonly to: string | undefined;
}

/**
 * Which model and environment a command means: what it names, else what the pull request's promotion branch names,
 * else the only one there is. Words in any order; `to` takes the next word.
 */
export function commandTarget(
  words: readonly string[],
  headBranch: string,
  config: TidemarkConfig,
): Result<CommandTarget, "UNCLEAR"> {
  const at = words.indexOf("to");
  const to = at < 0 ? undefined : words[at + 1];
  if (at >= 0 && to === undefined) return failure("UNCLEAR", "`to` is followed by nothing.");
  const named = words.filter((_, index) => at < 0 || index < at || index > at + 1);
  const branch = promotionBranch.parse(headBranch);
  const models = Object.keys(config.models);
  const model = named.find((word) => models.includes(word)) ?? branch?.model ?? only(models);
  if (model === undefined || !models.includes(model))
    return failure("UNCLEAR", `Which model? There are: ${models.join(", ")}.`);
  const environments = (config.models[model]?.environments ?? []).map(({ name }) => name);
  const environment =
    named.find((word) => environments.includes(word)) ??
    (branch === undefined ? only(environments) : known(branch.environment, environments));
  if (environment === undefined)
    return failure("UNCLEAR", `Which environment? ${model} has: ${environments.join(", ")}.`);
  const stray = named.find((word) => word !== model && word !== environment);
  if (stray !== undefined) return failure("UNCLEAR", `I do not know ${JSON.stringify(stray)} here.`);
  return success({ model, environment, to });
}

function known(name: string, names: readonly string[]): string | undefined {
  return names.includes(name) ? name : undefined;
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
