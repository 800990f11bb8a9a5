import { stringify } from "yaml";

/**
 * The same bytes for the same value. Long lines are not folded, equal objects get no anchors, and words that YAML 1.1
 * reads as booleans or numbers (`no`, `on`, `1_000`) are quoted, because other tools still read YAML 1.1.
 */
export function printYaml(value: unknown): string {
  refuseUnprintable(value);
  return stringify(value, {
    version: "1.2",
    schema: "core",
    compat: "yaml-1.1",
    aliasDuplicateObjects: false,
    lineWidth: 0,
    minContentWidth: 0,
  });
}

function refuseUnprintable(value: unknown): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`YAML of ours cannot carry ${value}`);
  if (typeof value === "object" && value !== null) Object.values(value).forEach(refuseUnprintable);
}
