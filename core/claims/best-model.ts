import { POINTERS } from "./foreign-words.ts";
import { wordsOf } from "./key-words.ts";
import { isMapping, type Mapping } from "./mapping.ts";

/** A key of a leaderboard that names the entry which counts, such as `best_model: random_forest`. */
export interface BestModel {
  readonly pointer: string;
  readonly names: string;
}

const squashed = (key: string): string => wordsOf(key).join("");

export function bestModelOf(mapping: Mapping): BestModel | undefined {
  const pointer = Object.keys(mapping)
    .sort()
    .find((key) => POINTERS.has(squashed(key)) && nameIn(mapping[key]) !== undefined);
  return pointer === undefined ? undefined : { pointer, names: nameIn(mapping[pointer]) ?? "" };
}

/** The text, or the name within `{name: …}` that carries no number of its own. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!isMapping(value) || Object.values(value).some((each) => typeof each !== "string")) return undefined;
  const name = value["name"] ?? value["model"];
  return typeof name === "string" ? name : undefined;
}

export const isNamed = (key: string, { names }: BestModel): boolean =>
  key === names || (squashed(key) !== "" && squashed(key) === squashed(names));

/** Whether two entries are of one kind, so that one of them can be the better model. */
export function isRival(entry: unknown, best: unknown): boolean {
  if (!isMapping(entry) || !isMapping(best)) return typeof entry === "number" && typeof best === "number";
  return Object.keys(entry).some((key) => Object.hasOwn(best, key));
}

/** The step of a Hugging Face trainer state whose weights were kept. */
export function bestStepOf(mapping: Mapping): number | undefined {
  const step = mapping["best_global_step"];
  if (typeof step === "number") return step;
  const checkpoint = mapping["best_model_checkpoint"];
  const named = typeof checkpoint === "string" ? /checkpoint-(\d{1,12})\/?$/.exec(checkpoint)?.[1] : undefined;
  return named === undefined ? undefined : Number(named);
}
