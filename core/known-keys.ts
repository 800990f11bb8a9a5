import { z } from "zod";

type Node = Readonly<Record<string, unknown>>;

/** The keys a schema knows at a path of a value, for saying what a mistyped one was probably meant to be. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Node;
  const nodes = path.reduce<readonly Node[]>((at, part) => at.flatMap((node) => step(node, part)), branches(root));
  return [...new Set(nodes.flatMap((node) => Object.keys(nodeOf(node["properties"]))))];
}

function step(node: Node, part: PropertyKey): readonly Node[] {
  if (typeof part === "number") return branches(nodeOf(node["items"]));
  const named = nodeOf(node["properties"])[String(part)] ?? node["additionalProperties"];
  return branches(nodeOf(named));
}

/** A union is any of its branches. */
function branches(node: Node): readonly Node[] {
  const either = [node["anyOf"], node["oneOf"], node["allOf"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return [node, ...either.flatMap((branch) => branches(nodeOf(branch)))];
}

function nodeOf(value: unknown): Node {
  return typeof value === "object" && value !== null ? (value as Node) : {};
}
