import { z } from "zod";
import { UserErrors } from "./explain.ts";
import { issuePhrase, issueSentence } from "./explain-issue.ts";
import { inputFields } from "./field.ts";

/** The inputs as the definition types them. Throws all problems at once as a UserError. */
export function parseInputs<I extends z.ZodRawShape>(
  definition: { readonly name: string; readonly inputs: I },
  raw: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<I>> {
  const result = z.object(definition.inputs).safeParse(raw, { error: issuePhrase, reportInput: true });
  if (result.success) return result.data;
  const secrets = new Set(secretNames(definition));
  throw new UserErrors(
    "INVALID_INPUT",
    result.error.issues.map((issue) => issueSentence(issue, secrets)),
    `The README of actions/${definition.name} and "tidemark ${definition.name} --help" describe all inputs.`,
  );
}

export function secretNames(definition: { readonly inputs: z.ZodRawShape }): readonly string[] {
  return inputFields(definition)
    .filter((field) => field.secret)
    .map((field) => field.name);
}
