import { z } from "zod";
import type { InputNote } from "./input-types.ts";

/** What a reader needs to know of one input or output. */
export interface Field {
  readonly name: string;
  readonly description: string;
}

export interface InputField extends Field, Pick<InputNote, "environment" | "expression"> {
  readonly kind: InputNote["kind"];
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | undefined;
  /** Filled for a choice. */
  readonly values: readonly string[];
}

interface Shapes {
  readonly inputs: z.ZodRawShape;
  readonly outputs: z.ZodRawShape;
}

/** The inputs in the order of their declaration. */
export function inputFields({ inputs }: Pick<Shapes, "inputs">): readonly InputField[] {
  const schema = z.toJSONSchema(z.object(inputs), { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const described = typeof property === "object" ? property : {};
    const note = (described["input"] ?? { kind: kindOf(described.type) }) as InputNote;
    return {
      name,
      description: described.description ?? "",
      required: schema.required?.includes(name) ?? false,
      secret: note.secret ?? false,
      default: described.default === undefined ? undefined : String(described.default),
      values: (described.enum ?? []).map(String),
      kind: note.kind,
      ...(note.environment !== undefined && { environment: note.environment }),
      ...(note.expression !== undefined && { expression: note.expression }),
    };
  });
}

export function outputFields({ outputs }: Pick<Shapes, "outputs">): readonly Field[] {
  const schema = z.toJSONSchema(z.object(outputs), { io: "output", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    description: (typeof property === "object" ? property.description : undefined) ?? "",
  }));
}

function kindOf(type: unknown): InputNote["kind"] {
  if (type === "integer") return "whole number";
  return type === "number" ? "number" : "text";
}
