import { aliasOf } from "./aliases.ts";
import { SLICE_SECTIONS } from "./foreign-words.ts";
import { wordsOf } from "./key-words.ts";

/** The part of a metrics file below which numbers are about parts of the rows. */
export interface SliceSection {
  /** What the rows are parted by, where the key says so: gender, of by_gender. */
  readonly by?: string;
  /** The metric's words when the key names it: f1, of f1_per_class. */
  readonly metric: readonly string[];
}

/** What a key says that is not a number's own: slices, per_class, by_gender, f1_by_region. */
export function sliceSection(key: string): SliceSection | undefined {
  const words = wordsOf(key);
  const at = words.findIndex((word) => word === "per" || word === "by");
  const isParted = at >= 0 && at < words.length - 1 && words[at + 1] !== "second";
  if (isParted) return parted(words.slice(0, at), words.slice(at + 1));
  return words.length <= 2 && words.some((word) => SLICE_SECTIONS.has(word)) ? { metric: [] } : undefined;
}

/** per_class_f1 names its metric last, f1_per_class first. */
function parted(before: readonly string[], after: readonly string[]): SliceSection {
  const sizes = after.slice(1).map((_, at) => after.length - 1 - at);
  const size = sizes.find((each) => aliasOf(after.slice(-each)) !== undefined);
  if (size !== undefined) return { by: after.slice(0, -size).join("_"), metric: after.slice(-size) };
  return { by: after.join("_"), metric: before };
}
