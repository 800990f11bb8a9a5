import { type BestModel, bestModelOf, bestStepOf, isNamed, isRival } from "./best-model.ts";
import type { IgnoredKey } from "./claims.ts";
import { asMeant } from "./known-shapes.ts";
import { isMapping, type Mapping, type Node } from "./mapping.ts";
import { namedRecords } from "./named-records.ts";

const MAX_DEPTH = 32;
const MAX_LEAVES = 10_000;
const MAX_RECORDS = 100_000;

/** One value of a document and the keys that lead to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Places in the path that a best-model pointer names: a model's name, no part of the metric. */
  readonly best: ReadonlySet<number>;
}

export interface Leaves {
  readonly leaves: readonly Leaf[];
  readonly ignored: readonly IgnoredKey[];
}

interface At {
  readonly path: readonly string[];
  readonly best: ReadonlySet<number>;
  readonly pointer?: BestModel | undefined;
  readonly bestStep?: number | undefined;
}

export const rawKeyOf = (path: readonly string[]): string => path.filter((key) => key !== "").join(".");

/** Every value of a document, in the order of its keys' text, so that the order they are written in does not matter. */
export function leavesOf(document: unknown): Leaves {
  const leaves: Leaf[] = [];
  const ignored: IgnoredKey[] = [];
  for (const found of below(document, { path: [], best: new Set() })) {
    if (leaves.length + ignored.length >= MAX_LEAVES) {
      ignored.push({ rawKey: "", reason: `only the first ${MAX_LEAVES} values are read` });
      break;
    }
    if ("reason" in found) ignored.push(found);
    else leaves.push(found);
  }
  return { leaves, ignored };
}

function* below(value: unknown, at: At): Generator<Leaf | IgnoredKey> {
  const refused = refusal(value, at);
  if (refused !== undefined) {
    yield { rawKey: rawKeyOf(at.path.slice(0, 3)), reason: refused };
  } else if (Array.isArray(value)) {
    const records = namedRecords(value, at.bestStep);
    if (typeof records === "string") yield { rawKey: rawKeyOf(at.path), reason: records };
    else yield* belowNode(records, at);
  } else if (isMapping(value)) {
    yield* belowMapping(asMeant(value), at);
  } else {
    yield { path: at.path, value, best: at.best };
  }
}

function refusal(value: unknown, { path }: At): string | undefined {
  if (path.length > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
  if (Array.isArray(value) && value.length > MAX_RECORDS) return `a list of more than ${MAX_RECORDS} values`;
  return isMapping(value) && Object.keys(value).length > MAX_LEAVES ? `more than ${MAX_LEAVES} keys` : undefined;
}

function belowMapping(mapping: Mapping, at: At): Generator<Leaf | IgnoredKey> {
  const node = Object.keys(mapping).map((key) => ({ path: [key], value: mapping[key] }));
  return belowNode(node, { ...at, pointer: bestModelOf(mapping) ?? at.pointer, bestStep: bestStepOf(mapping) });
}

function* belowNode(node: Node, at: At): Generator<Leaf | IgnoredKey> {
  const { pointer } = at;
  if (node.length > MAX_LEAVES) {
    yield { rawKey: rawKeyOf(at.path), reason: `more than ${MAX_LEAVES} names` };
    return;
  }
  const entries = sorted(node);
  const best = pointer === undefined ? undefined : entries.find(({ path }) => isNamed(path.at(-1) ?? "", pointer));
  for (const entry of entries) {
    const path = [...at.path, ...entry.path];
    if (entry === best) {
      yield* below(entry.value, { ...at, path, best: new Set([...at.best, path.length - 1]) });
    } else if (best !== undefined && isRival(entry.value, best.value)) {
      const reason = `another model; "${pointer?.pointer}" names "${pointer?.names}"`;
      yield { rawKey: rawKeyOf(path), reason };
    } else {
      yield* below(entry.value, { ...at, path });
    }
  }
}

const sorted = (node: Node): Node => [...node].sort((a, b) => compare(a.path.join("\0"), b.path.join("\0")));

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
