import type { Check } from "#core/data/check";

/** As the peers' scripts name it. */
export function checkName(check: Check): string {
  if ("column" in check) return `${check.kind} ${check.column}`;
  return `${check.kind} ${"columns" in check ? check.columns.join(",") : ""}`;
}
