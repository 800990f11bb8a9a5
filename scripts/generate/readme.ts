import { commandUsage } from "#kit/command-help";
import type { DescribedAction } from "#kit/define-action";
import { inputFields } from "#kit/field";
import { project } from "#kit/project";
import { actionsTable, inputsTable, outputsTable } from "#kit/readme-table";

type Section = readonly [name: string, text: string];

/** The README of an action: our sections replaced between their markers, all other text kept. A missing section is added. */
export function actionReadme(definition: DescribedAction, current = ""): string {
  const sections: readonly Section[] = [
    ["about", `# ${definition.title}\n\n${definition.description}`],
    ["usage", usage(definition)],
    ["inputs", `## Inputs\n\n${inputsTable(definition)}`],
    ["outputs", `## Outputs\n\n${outputsTable(definition)}`],
  ];
  return sections.reduce((text, section) => replaceSection(text, section) ?? appended(text, section), current);
}

/** The README of the repository with its table of actions, or undefined when it has no place for one. */
export function rootReadme(definitions: readonly DescribedAction[], current: string): string | undefined {
  return replaceSection(current, ["actions", actionsTable(definitions)]);
}

/** The text with the section between its markers replaced, or undefined when the markers are absent. */
export function replaceSection(text: string, [name, content]: Section): string | undefined {
  const [open, close] = markers(name);
  const start = text.indexOf(open);
  if (start === -1) return undefined;
  const end = text.indexOf(close, start);
  if (end === -1) throw new Error(`A README has ${open} and no ${close} after it.`);
  return `${text.slice(0, start)}${open}\n${content}\n${text.slice(end)}`;
}

function appended(text: string, [name, content]: Section): string {
  const [open, close] = markers(name);
  const before = text === "" ? "" : `${text.trimEnd()}\n\n`;
  return `${before}${open}\n${content}\n${close}\n`;
}

const markers = (name: string) => [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`] as const;

function usage(definition: DescribedAction): string {
  const required = inputFields(definition).filter((field) => field.required && field.expression === undefined);
  const lines = [
    `- uses: ${project.repository}/actions/${definition.name}@v1`,
    ...(required.length === 0 ? [] : ["  with:"]),
    ...required.map(({ name, kind }) => `    ${name}: # ${kind}`),
  ];
  const yaml = ["```yaml", ...lines, "```"];
  if (definition.positional === undefined) return yaml.join("\n");
  const command = commandUsage(definition).replace(/^tidemark/, "npm run --silent tidemark --");
  return [...yaml, "", "On a command line:", "", "```sh", command, "```"].join("\n");
}
