import { z } from "zod";

/** A JSON Schema that editors read (draft 7) of what a person writes, our own notes left out. */
export function editorSchema(schema: z.ZodType, title: string): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-07",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      delete jsonSchema["input"];
    },
  });
  return { $schema, title, ...rest };
}

/** The JSON Schema of an action's inputs, for tools that write workflows. */
export function inputsSchema(definition: { readonly title: string; readonly inputs: z.ZodRawShape }) {
  return editorSchema(z.strictObject(definition.inputs), definition.title);
}
