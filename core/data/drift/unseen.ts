import type { CategoricalColumn } from "../column.ts";
import type { CategoricalReference } from "./reference.ts";

export interface UnseenCategories {
  /** Rows per category, largest first, at most 100; never the names. */
  readonly unseen: number[];
  /** Null when the reference is a profile that does not name all of its categories. */
  readonly unseen_categories: number | null;
  readonly unseen_rows: number | null;
}

/**
 * Categories of the current data that the reference does not have. Drift statistics blur them: a model has no
 * parameter for them, however few their rows.
 */
export function unseenCategories(reference: CategoricalReference, current: CategoricalColumn): UnseenCategories {
  if (reference.unnamed.values > 0) return { unseen: [], unseen_categories: null, unseen_rows: null };
  const rows = [...current.counts]
    .filter(([name, count]) => count > 0 && (reference.counts.get(name) ?? 0) === 0)
    .map(([, count]) => count)
    .sort((a, b) => b - a);
  return {
    unseen: rows.slice(0, 100),
    unseen_categories: rows.length,
    unseen_rows: rows.reduce((sum, count) => sum + count, 0),
  };
}
