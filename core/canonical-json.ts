/**
 * JSON with sorted keys and no white space, so that equal values have equal bytes (the shape of RFC 8785).
 * Throws on what JSON cannot carry: NaN, Infinity, functions, symbols, big integers.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return finite(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value === "object") return `{${members(value as Record<string, unknown>).join(",")}}`;
  throw new TypeError(`canonical JSON cannot carry a ${typeof value}`);
}

function finite(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot carry ${value}`);
  return JSON.stringify(value);
}

function members(object: Record<string, unknown>): string[] {
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
}
