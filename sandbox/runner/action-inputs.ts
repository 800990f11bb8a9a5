import { parse } from "yaml";
import { z } from "zod";

const ActionYaml = z.object({
  inputs: z
    .record(z.string(), z.object({ required: z.boolean().optional(), default: z.string().optional() }))
    .default({}),
  runs: z.object({ using: z.literal("node24"), main: z.string() }),
});

export interface ActionYaml {
  readonly main: string;
  readonly inputs: Readonly<Record<string, string | undefined>>;
}

/** What action.yml says: the script, and each input with its default. */
export function readActionYaml(text: string): ActionYaml {
  const { inputs, runs } = ActionYaml.parse(parse(text));
  return {
    main: runs.main,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, { default: value }]) => [name, value])),
  };
}

const EXPRESSION = /\$\{\{\s*([\w.]+)\s*\}\}/g;

/** Fills `${{ github.… }}` from a context of plain values; an unknown one is empty, as on GitHub. */
export function fillExpressions(text: string, context: Readonly<Record<string, string>>): string {
  return text.replace(EXPRESSION, (_, path: string) => context[path] ?? "");
}

/** The environment in which a runner hands inputs over: INPUT_ and the name in capitals, spaces as underscores. */
export function inputEnvironment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}
