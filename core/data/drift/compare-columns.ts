import type { Column } from "../column.ts";
import type { DriftResult } from "./drift-result.ts";
import type { DriftRule } from "./drift-rule.ts";
import { judgeMeasured } from "./judge-measured.ts";
import { measureColumn } from "./measure-column.ts";
import { type Reference, referenceOf } from "./reference.ts";

/** Drift of every reference column, in the reference's order. Never throws for what the data hold. */
export function compareColumns(
  reference: readonly Column[],
  current: readonly Column[],
  options: Partial<DriftRule> = {},
): DriftResult {
  return compareReferences(reference.map(referenceOf), current, options);
}

export function compareReferences(
  references: readonly Reference[],
  current: readonly Column[],
  options: Partial<DriftRule> = {},
): DriftResult {
  const byName = new Map(current.map((column) => [column.name, column]));
  const measured = references.map((reference) => measureColumn(reference, byName.get(reference.name)));
  return judgeMeasured(measured, options);
}
