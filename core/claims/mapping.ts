export type Mapping = Readonly<Record<string, unknown>>;

/** Values by the keys that lead to them from one place of a document. */
export type Node = readonly { readonly path: readonly string[]; readonly value: unknown }[];

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
