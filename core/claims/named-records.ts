import { claimedNumber } from "./claimed-number.ts";
import { MODEL_LABELS, SLICE_LABELS } from "./foreign-words.ts";
import { wordsOf } from "./key-words.ts";
import { isMapping, type Mapping, type Node } from "./mapping.ts";

const NAME_KEYS = ["metric", "metricname", "name", "key", "measure", "type", "metrics"];
const VALUE_KEYS = ["value", "metricvalue", "score", "result", "values"];
const SPLIT_KEYS = ["split", "subset", "dataset"];
const LOG_KEYS = ["step", "epoch", "iteration"];

const squashed = (key: string): string => wordsOf(key).join("");

/** A list as a mapping by the names its records carry; a text says why it cannot be read as one. */
export function namedRecords(list: readonly unknown[], bestStep?: number): Node | string {
  const records = list.filter(isMapping);
  if (records.length === 0 || records.length < list.length) return "a list of values without names";
  return metricRecords(records) ?? logged(records, bestStep) ?? labelled(records) ?? alone(records);
}

/** [{name, value}, …] */
function metricRecords(records: readonly Mapping[]): Node | undefined {
  const entries: (readonly [readonly string[], unknown])[] = [];
  for (const record of records) {
    const value = fieldOf(record, VALUE_KEYS);
    const name = fieldOf(record, NAME_KEYS);
    if (claimedNumber(value) === undefined || typeof name !== "string") return undefined;
    const split = fieldOf(record, SPLIT_KEYS);
    entries.push([typeof split === "string" ? [split, name] : [name], value]);
  }
  return entries.map(([path, value]) => ({ path, value }));
}

/** A log of a training: the last number of each key, or those of the step that was kept. */
function logged(records: readonly Mapping[], bestStep: number | undefined): Node | undefined {
  const isLog = records.length > 1 && records.every((record) => claimedNumber(fieldOf(record, LOG_KEYS)) !== undefined);
  if (!isLog) return undefined;
  const kept = bestStep === undefined ? [] : records.filter((record) => record["step"] === bestStep);
  const last = new Map((kept.length > 0 ? kept : records).flatMap((record) => Object.entries(record)));
  return [{ path: [], value: Object.fromEntries(last) }];
}

/** [{model, accuracy, f1}, …], or the same by class. */
function labelled(records: readonly Mapping[]): Node | undefined {
  const key = Object.keys(records[0] ?? {})
    .sort()
    .find((each) => MODEL_LABELS.has(squashed(each)) || SLICE_LABELS.has(squashed(each)));
  if (key === undefined || !records.every((record) => isLabel(record[key]))) return undefined;
  const above = SLICE_LABELS.has(squashed(key)) ? [`per_${squashed(key)}`] : [];
  return records.map((record) => {
    const { [key]: label, ...value } = record;
    return { path: [...above, squashed(key) === "fold" ? `fold ${label}` : String(label)], value };
  });
}

function alone(records: readonly Mapping[]): Node | string {
  const [only] = records;
  if (records.length > 1 || only === undefined) return "a list of several records, and nothing says which one counts";
  return [{ path: [], value: only }];
}

const isLabel = (value: unknown): boolean =>
  (typeof value === "string" && value.trim() !== "") || typeof value === "number" || typeof value === "boolean";

function fieldOf(record: Mapping, names: readonly string[]): unknown {
  const keys = Object.keys(record).sort();
  const key = names.map((name) => keys.find((each) => squashed(each) === name)).find((each) => each !== undefined);
  return key === undefined ? undefined : record[key];
}
